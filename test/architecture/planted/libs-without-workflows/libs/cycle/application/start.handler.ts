import { WORKFLOW } from '../../../workflows/contracts/index';
export const start = WORKFLOW;
