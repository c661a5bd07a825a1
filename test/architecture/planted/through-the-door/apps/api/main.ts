import { hidden } from '../../libs/privacy/keys/cipher';
export const api = hidden;
