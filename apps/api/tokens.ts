/** Injection tokens of the HTTP edge; what features share stands in libs/runtime. */
export const LOGGER = Symbol('Logger');
export const IDENTITY = Symbol('IdentityService');
export const PRIVACY = Symbol('PersonalTexts');
export const FILE_VAULT = Symbol('FileVault');
export const HEALTH = Symbol('Health');
export const EDGE_SETTINGS = Symbol('EdgeSettings');
export const ORGANISATION = Symbol('OrganisationReader');
export const FACTS = Symbol('FactsReader');
export const TARGETS = Symbol('TargetsReader');
export const SCHEMES = Symbol('SchemeReader');
export const CYCLES = Symbol('CycleReader');
export const APPRAISALS = Symbol('AppraisalReader');
export const APPEALS = Symbol('AppealReader');
export const PAYOUTS = Symbol('PayoutReader');
export const PLANS = Symbol('CoachingReader');
