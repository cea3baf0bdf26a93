export { type AuditActor, type AuditFact, record, recordAll } from './record.ts'
