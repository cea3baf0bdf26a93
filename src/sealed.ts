import { accountsSealed } from '#modules/accounts/index.ts'
import { importSealed } from '#modules/imports/data-key.ts'
import { inspectionSealed } from '#modules/inspection/index.ts'
import { mobilizationSealed } from '#modules/mobilization/index.ts'
import { organisationSealed } from '#modules/organisation/index.ts'
import type { SealedColumn } from '#platform/crypto/index.ts'
import { idempotencySealed } from '#platform/http/idempotency.ts'

/** Every encrypted column of the service, for key rotation. */
export const sealedColumns: readonly SealedColumn[] = [
  ...organisationSealed,
  ...importSealed,
  ...accountsSealed,
  ...mobilizationSealed,
  ...inspectionSealed,
  ...idempotencySealed,
]
