import { mine } from '../pages/me/mine';
export const used = mine;
