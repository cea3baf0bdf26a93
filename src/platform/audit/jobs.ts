import type { DateTime } from 'luxon'
import Type from 'typebox'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Database } from '#platform/database/port.ts'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import { retireEntries } from './retention.ts'
import { sealEntries } from './seal.ts'

export interface AuditContext {
  db: Database
  keys: KeyRing
  now(): DateTime
  config: { security: { auditRetentionDays: number } }
}

/** Seals what was recorded, and lets go of what is older than it must be kept. */
export const auditJobs: Jobs<AuditContext> = {
  'audit.seal': job({
    params: Type.Object({}),
    everySeconds: 10,
    run: async (context) => void (await sealEntries(context)),
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
