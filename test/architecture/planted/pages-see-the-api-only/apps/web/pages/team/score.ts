import { rule } from '../../../../libs/scheme';
export const used = rule;
