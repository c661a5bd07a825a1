import { DAYS } from '../libs/calendar/index';
export const coaching = DAYS;
