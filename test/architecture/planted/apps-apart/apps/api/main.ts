import { worker } from '../worker/index';
export const api = worker;
