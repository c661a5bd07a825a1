import { rows } from '../read/rows.query';
export const decide = rows;
