import fc from 'fast-check';
export const api = fc;
