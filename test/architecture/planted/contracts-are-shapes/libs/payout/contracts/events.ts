import { decide } from '../domain/payout.decider';
export const event = decide;
