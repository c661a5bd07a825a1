import { z } from 'zod';
export const payout = z.string();
