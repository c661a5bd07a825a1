import { port } from '../../../apps/api/index';
export const board = port;
