import { appeal } from '../../workflows/appeal.workflow';
export const worker = appeal;
