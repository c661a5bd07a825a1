import { score } from '../../appraisal/index';
export const pay = score;
