import { nowhere } from './nowhere';
export const found = nowhere;
