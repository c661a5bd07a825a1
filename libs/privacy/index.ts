export { PRIVACY_LIMITS, PrivacyError } from './limits';
export type { PrivacyErrorCode } from './limits';
export { divideTenantKey, normaliseForLookup } from './tenant-key';
export type { TenantKeys } from './tenant-key';
export { openKeyFile } from './key-file';
export { openKeyDatabase } from './key-database';
export type { SubjectKey, SubjectKeyStore } from './subject-keys';
export { createPersonalTexts } from './personal-texts';
export { createFileVault } from './file-vault';
