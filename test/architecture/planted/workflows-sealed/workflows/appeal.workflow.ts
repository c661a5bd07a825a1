import { readFileSync } from 'node:fs';
export const appeal = readFileSync;
