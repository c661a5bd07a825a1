export type { LookupKind, OpenedText, PersonalTexts } from './personal-texts';
export type { FileVault, VaultedFile } from './file-vault';
