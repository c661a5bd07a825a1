import { HOLIDAYS } from '../calendar/index';
export const days = HOLIDAYS;
