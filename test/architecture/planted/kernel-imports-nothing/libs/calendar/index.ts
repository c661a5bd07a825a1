export const HOLIDAYS = 11;
