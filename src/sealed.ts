import { importSealed } from '#modules/organisation/import/data-key.ts'
import { organisationSealed } from '#modules/organisation/index.ts'
import type { SealedColumn } from '#platform/crypto/index.ts'

/** Every encrypted column of the service: what a rotation of keys rewrites. */
export const sealedColumns: readonly SealedColumn[] = [...organisationSealed, ...importSealed]
