import { and, eq, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import type { Reached } from '../permits/permits.ts'
import { personRequests } from '../schema.ts'
import type { RequestKind } from '../words.ts'
import { sealWanted, type Wanted } from './sealed.ts'

/** A change a list would make to a person for whom other parts of the organisation are responsible too. */
export interface ListedRequest {
  personId: string
  wanted: Wanted
}

const kindOf = ({ contact }: Wanted): RequestKind => (contact ? 'contact' : 'change')

/**
 * Files change requests for what a list would have changed. A request that is open already, or was refused to the same
 * user, is not filed again, however often the list is imported.
 * @returns the ids of the filed requests
 */
export async function fileFromList(
  tx: Writer,
  keys: KeyRing,
  asked: readonly ListedRequest[],
  { permit, by, at }: { permit: Reached; by: { userId: string }; at: DateTime },
): Promise<string[]> {
  const filed: string[] = []
  await inChunks(asked, 200, async (some) => {
    const people = [...new Set(some.map(({ personId }) => personId))]
    permit.assertCovers(...people)
    const known = await tx
      .select({ personId: personRequests.personId, kind: personRequests.kind })
      .from(personRequests)
      .where(
        and(
          inArray(personRequests.personId, people),
          eq(personRequests.requestedBy, by.userId),
          inArray(personRequests.state, ['open', 'refused']),
        ),
      )
    const had = new Set(known.map(({ personId, kind }) => `${personId} ${kind}`))
    for (const { personId, wanted } of some) {
      const kind = kindOf(wanted)
      if (had.has(`${personId} ${kind}`)) continue
      const id = newId()
      const sealed = sealWanted(keys, id, wanted)
      const row = { id, kind, personId, wanted: sealed, state: 'open' as const, requestedBy: by.userId }
      await tx.insert(personRequests).values({ ...row, requestedAt: at })
      const details = { requestId: id, kind, via: 'list' }
      await record(tx, { action: 'person.request_filed', subject: `person:${personId}`, by, at, details })
      filed.push(id)
    }
  })
  return filed
}

/** Withdraws requests that a list filed and nobody has decided. */
export async function withdrawFromList(tx: Writer, ids: readonly string[]): Promise<void> {
  await inChunks(ids, 200, (some) =>
    tx
      .update(personRequests)
      .set({ state: 'withdrawn', wanted: null })
      .where(and(inArray(personRequests.id, [...some]), eq(personRequests.state, 'open'))),
  )
}
