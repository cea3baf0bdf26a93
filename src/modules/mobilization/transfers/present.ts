import { inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { NameOf } from '#modules/organisation/index.ts'
import { persons } from '#modules/organisation/schema.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { undoMinutes } from '#platform/previews/index.ts'
import { isoOf } from '#platform/time.ts'
import { reachCounts } from '../shift-people.ts'
import type { TransferRefusal } from '../words.ts'
import type { Found } from './found.ts'
import { ownHead } from './transfer-rules.ts'

const namedMax = 50

type Previewed = Found & { token: string; expiresAt: DateTime }

/** What the moves would do, whom they concern, and who stays where they are. */
export async function previewOf(db: Reader, found: Previewed, nameOf: NameOf) {
  const { going, judgement, transfer, places, published, teamNames } = found
  const blocks = transfer.blocks.map((block) => {
    return { ...block, because: judgement.blocks.get(block.move) ?? null }
  })
  const moves = found.moves.map(({ teamId, fromShiftId, toShiftId }, move) => {
    const block = blocks.find((each) => each.move === move)
    const refused = new Map<TransferRefusal, number>()
    const add = (because: TransferRefusal, people: number) =>
      people > 0 && refused.set(because, (refused.get(because) ?? 0) + people)
    for (const mover of transfer.movers) {
      const because = mover.move === move && judgement.refused.get(mover.id)
      if (because) add(because, 1)
    }
    if (block?.because) add(block.because, block.heads)
    const wanted = transfer.wanted.find((each) => each.move === move)
    const people = going.filter((each) => each.move === move).length
    if (wanted && refused.size === 0) add('nobody_free', wanted.people - people)
    return {
      team: { id: teamId, name: teamNames.get(teamId) ?? '' },
      ...{ fromShiftId, toShiftId, people },
      heads: block && !block.because ? block.heads : 0,
      refused: [...refused].map(([because, count]) => ({ because, people: count })),
    }
  })
  const stays = transfer.movers.filter(({ id }) => judgement.refused.has(id)).slice(0, namedMax)
  const names = await namesIn(
    db,
    stays.map(({ personId }) => personId),
  )
  const tell = published ? await reachCounts(db, going) : { people: 0, messages: 0, unreachable: 0 }
  return {
    token: found.token,
    expiresAt: isoOf(found.expiresAt),
    moves,
    shifts: effects(found, moves),
    refused: stays.map(({ id, personId, fromShiftId, toShiftId }) => ({
      person: { id: personId, name: nameOf(personId, names.get(personId) ?? '') },
      shiftId: fromShiftId ?? toShiftId,
      because: judgement.refused.get(id)!,
    })),
    people: going.length,
    heads: moves.reduce((sum, { heads }) => sum + heads, 0),
    accepted: going.filter(({ id }) => places.get(id)?.answer === 'accepted').length,
    told: tell.people,
    messages: tell.messages,
    unreachable: tell.unreachable,
    tellsAfterMin: published && going.length > 0 ? undoMinutes : null,
  }
}

function effects(
  { scene, going, judgement }: Found,
  moves: readonly { fromShiftId: string | null; toShiftId: string; heads: number }[],
) {
  const change = new Map<string, number>()
  const add = (shiftId: string | null, seats: number) =>
    shiftId && change.set(shiftId, (change.get(shiftId) ?? 0) + seats)
  for (const { id, fromShiftId, toShiftId } of going) {
    add(fromShiftId, -1)
    const { allotmentId } = judgement.accepted.get(id)!
    // A head that had no name yet takes no further seat.
    if (allotmentId === null || allotmentId === ownHead) add(toShiftId, 1)
  }
  for (const { fromShiftId, toShiftId, heads } of moves) {
    add(fromShiftId, -heads)
    add(toShiftId, heads)
  }
  return [...scene.shifts.values()].map(({ id, taken, min, target, max }) => {
    return { id, before: taken, after: taken + (change.get(id) ?? 0), min, target, max }
  })
}

async function namesIn(db: Reader, personIds: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  await inChunks(personIds, 500, async (some) => {
    const rows = await db
      .select({ id: persons.id, name: persons.name })
      .from(persons)
      .where(inArray(persons.id, [...some]))
    for (const { id, name } of rows) names.set(id, name)
  })
  return names
}
