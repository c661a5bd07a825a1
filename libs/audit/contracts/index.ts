export { auditEvents, auditRead } from './events';
