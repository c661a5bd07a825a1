import { mine } from '../me/mine';
export const used = mine;
