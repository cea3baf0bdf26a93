export { type AuditContext, auditJobs } from './jobs.ts'
export { type AuditActor, type AuditFact, record, recordAll } from './record.ts'
export { type Broken, type Verdict, verifyAudit } from './verify.ts'
