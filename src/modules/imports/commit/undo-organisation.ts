import { and, inArray } from 'drizzle-orm'
import {
  type Change,
  type ChangedTable,
  identifiedBy,
  type Permits,
  permitsFor,
  personsWithin,
  removeConsents,
  teamsWithin,
  undoChanges,
  unitsWithin,
  withdrawFromList,
} from '#modules/organisation/index.ts'
import { persons, teams, units } from '#modules/organisation/schema.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import type { Undoing } from '../judge/register.ts'

/** The changes of a register of the organisation, in the order in which they were written, for the undo. */
export interface Written {
  changes: Change[]
  /** Ids of the consents it recorded. */
  consents: string[]
  /** The requests it filed: see `fileFromList`. */
  requests?: string[]
}

const changesEach = 500

/** Splits changes into small batches: each is encrypted, decrypted and undone separately. */
export function piecesOf(
  changes: readonly Change[],
  consents: string[] = [],
  requests: string[] = [],
): Written[] {
  const pieces: Written[] = []
  for (let from = 0; from < changes.length; from += changesEach)
    pieces.push({ changes: changes.slice(from, from + changesEach), consents: [] })
  if (consents.length + requests.length > 0) pieces.push({ changes: [], consents, requests })
  return pieces
}

/** Checks the reach again: a written thing may have been moved out of the reach of the user who undoes. */
export async function assertWithin(
  tx: Reader,
  { changes }: Written,
  reach: Reach,
  permits: Permits,
): Promise<void> {
  const touched = new Map<ChangedTable, Set<string>>()
  for (const { table, id } of changes) touched.set(table, (touched.get(table) ?? new Set()).add(id))
  const within = {
    units: { of: units, reached: unitsWithin(reach) },
    teams: { of: teams, reached: teamsWithin(tx, reach) },
    persons: { of: persons, reached: personsWithin(tx, reach) },
  }
  for (const [table, { of, reached }] of Object.entries(within)) {
    await inChunks([...(touched.get(table as keyof typeof within) ?? [])], 500, async (ids) => {
      const still = await tx.$count(of, and(inArray(of.id, ids), reached))
      if (still < ids.length) throw outOfReach(table)
    })
  }
  const whose = await identifiedBy(tx, changes)
  if ((await permits.identifiable(tx, reach, whose)).size < whose.length) throw outOfReach('persons')
}

function outOfReach(table: string): DomainError {
  const message = 'Some of these rows lie outside of your part of the organisation by now.'
  return new DomainError('forbidden', 'changes.out_of_reach', message, { rows: table })
}

/** Undoes one batch. Its consents were written last, so they are undone first. */
export async function undoWritten(
  tx: Writer,
  { changes, consents, requests = [] }: Written,
  { keys, at, reach }: Undoing,
  permits: Permits,
): Promise<void> {
  await removeConsents(tx, consents)
  await withdrawFromList(tx, requests)
  const whose = reach.everything ? [] : await identifiedBy(tx, changes)
  const { identifiable } = await permitsFor(tx, permits, reach, whose)
  await undoChanges(tx, keys, changes, { at, reach, permit: identifiable })
}
