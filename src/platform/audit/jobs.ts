import type { DateTime } from 'luxon'
import Type from 'typebox'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Database } from '#platform/database/port.ts'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import type { Logger } from '#platform/logger.ts'
import { retireEntries } from './retention.ts'
import { sealEntries } from './seal.ts'

export interface AuditContext {
  db: Database
  keys: KeyRing
  log: Logger
  now(): DateTime
  config: { security: { auditRetentionDays: number; auditHeadCopy: string | undefined } }
}

/** The recurring jobs that seal new entries and delete entries older than the retention period. */
export const auditJobs: Jobs<AuditContext> = {
  'audit.seal': job({
    params: Type.Object({}),
    everySeconds: 10,
    run: async (context) =>
      void (await sealEntries({ ...context, headCopy: context.config.security.auditHeadCopy })),
  }),
  'audit.retire': job({
    params: Type.Object({}),
    everySeconds: 24 * 3600,
    run: async (context) => {
      const { auditRetentionDays: retentionDays } = context.config.security
      await retireEntries({ ...context, retentionDays })
    },
  }),
}
