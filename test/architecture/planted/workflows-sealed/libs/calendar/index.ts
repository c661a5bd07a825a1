export const DAYS = 100;
