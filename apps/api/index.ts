export { createApi, startApi } from './start-api';
export type { RunningApi } from './start-api';
export type { ApiParts } from './api.module';
export type { HealthSource } from './controllers/health.controller';
export { openApiDocument } from './openapi';
export { builtPages } from './http/web-files';
