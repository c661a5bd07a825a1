export { AUDIT_QUESTIONS, auditEvents, auditRead } from './events';
export type { AuditQuestion } from './events';
