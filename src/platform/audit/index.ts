export { type AuditContext, auditJobs } from './jobs.ts'
export { type AuditActor, type AuditFact, record, recordAll, recordWith } from './record.ts'
export { type Broken, type Verdict, verifyAudit } from './verify.ts'
