import { z } from 'zod';
export const decide = z.string();
