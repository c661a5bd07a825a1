export { embeddedConfiguration, readConfiguration } from './configuration';
export type {
  Configuration,
  EmbeddedParts,
  HttpConfiguration,
  KeysConfiguration,
  PostgresConfiguration,
  Secrets,
  TemporalConfiguration,
} from './configuration';
export {
  EMBEDDED_DATABASE,
  EMBEDDED_SUPERUSER,
  embeddedUrls,
  forgetEmbeddedState,
  loadOrMakeSecrets,
  noteEmbeddedState,
  readNotedState,
  secretsFile,
} from './embedded-state';
export type { EmbeddedSecrets, EmbeddedState } from './embedded-state';
export { ConfigurationError } from './errors';
export { readSettings } from './read-settings';
export type { Environment } from './read-settings';
export { settings } from './settings';
export type { Settings } from './settings';
