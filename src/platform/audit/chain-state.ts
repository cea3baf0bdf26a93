import { isNull } from 'drizzle-orm'
import type { KeyRing } from '#platform/crypto/key-ring.ts'
import type { Reader } from '#platform/database/port.ts'
import { isoOf } from '#platform/time.ts'
import type { AuditChainView } from './contract.ts'
import { headIsGenuine, noEnds, readHead } from './head.ts'
import { auditEntries } from './schema.ts'

/** How far the trail is sealed. Reads its ends only; whether it is whole is another question (`verifyAudit`). */
export async function readChain(db: Reader, keys: KeyRing): Promise<AuditChainView> {
  const head = await readHead(db)
  const { number, retiredNumber } = head ?? noEnds
  return {
    sealed: number - retiredNumber,
    last: number,
    unsealed: await db.$count(auditEntries, isNull(auditEntries.number)),
    retired: retiredNumber,
    sealedAt: head ? isoOf(head.sealedAt) : null,
    genuine: head === undefined || headIsGenuine(keys, head),
  }
}
