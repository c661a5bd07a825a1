export { allProjections, startProjector } from './start-projector';
export type { Projector, ProjectorOptions } from './start-projector';
export { temporalWorkflows } from './temporal-workflows';
export type { WorkflowPort, WorkflowStart } from './workflow-port';
export { productRoutes } from './routes';
