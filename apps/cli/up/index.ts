export { prepareDatabase } from './database';
export { runProcess } from './run-process';
export type { ProcessRequest } from './run-process';
export { runUp } from './run-up';
export type { UpRequest } from './run-up';
