import { eventRow } from '#modules/events/index.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { type PreviewedAct, type Seen, undoMinutes } from '#platform/previews/index.ts'
import type { Arrivals } from '../merging/merge.ts'
import { dropEmpty } from '../remove-assignment.ts'
import { transfers } from '../schema.ts'
import { carryOut } from './carry-out.ts'
import type { TransferMove, TransferSpec } from './contract.ts'
import { assertMayTransfer, findMovers, type Found as Movers } from './find-movers.ts'
import type { Found } from './found.ts'
import { groundOf } from './ground.ts'
import { shiftsOnBoard } from './look.ts'
import { type Judgement, judgeTransfer } from './transfer-rules.ts'

type Spec = TransferSpec & { eventId: string }

export interface TransferNeeds {
  keys: KeyRing
  arrivals: Arrivals
}

/**
 * 调整岗位: teams and people go from shift to shift, all in one act. Whoever cannot go stays, and the preview says why. In a
 * published event they are told five minutes later, before and after in one message; until then it can be undone.
 * @throws DomainError `event.missing`, `event.closed`, `event.cancelled`, `shift.missing`, `team.missing`,
 *   `access.out_of_reach`, `transfer.no_party`, `transfer.nothing`
 */
export function transferPlaces(needs: TransferNeeds): PreviewedAct<Spec, Found> {
  return {
    kind: 'places.transfer',
    look: (db, spec, doing) => look(db, needs, spec, doing),
    async perform(tx, { eventId }, found, { by, at }) {
      assertSomething(found)
      const id = newId()
      const done = await carryOut(tx, needs.keys, found, at)
      const tells = found.published && done.places.length > 0
      const tellsAt = tells ? at.plus({ minutes: undoMinutes }) : null
      const row = { id, eventId, byUserId: by.userId, ...done, createdAt: at, tellsAt }
      await tx.insert(transfers).values(row)
      if (!found.published) await dropEmpty(tx, eventId)
      const heads = done.heads.reduce((sum, each) => sum + each.heads, 0)
      const details = { eventId, people: done.places.length, heads }
      await record(tx, { action: 'places.transferred', subject: `transfer:${id}`, by, at, details })
      return id
    },
  }
}

/** What `look` finds, also where nobody can go: the preview says why. */
export async function look(
  db: Reader,
  { keys, arrivals }: TransferNeeds,
  { eventId, moves }: Spec,
  { by, at }: Doing,
): Promise<Found> {
  const event = await eventRow(db, eventId)
  const shiftIds = new Set(
    moves.flatMap(({ fromShiftId, toShiftId }) => [fromShiftId ?? toShiftId, toShiftId]),
  )
  const shifts = await shiftsOnBoard(db, eventId, [...shiftIds])
  const zoneIds = [...shifts.values()].map(({ zoneId }) => zoneId)
  await assertMayTransfer(db, by, event, { zoneIds, teamIds: moves.map(({ teamId }) => teamId) })
  const found = await findMovers(db, keys, { event, moves, shifts, at, arrivals })
  const { movers, blocks } = found.transfer
  const judgement = judgeTransfer(found.transfer, found.remaining, (stay, blocked) => {
    const places = new Set(
      movers.filter(({ id, fromShiftId }) => fromShiftId && !stay.has(id)).map(({ id }) => id),
    )
    const heads = new Map<string, number>()
    for (const { id, allotmentId } of movers) {
      if (allotmentId && places.has(id)) heads.set(allotmentId, (heads.get(allotmentId) ?? 0) + 1)
    }
    for (const { move, allotmentId, heads: unnamed } of blocks) {
      if (allotmentId && !blocked.has(move)) heads.set(allotmentId, (heads.get(allotmentId) ?? 0) + unnamed)
    }
    return groundOf(found.scene, { places, heads }, at)
  })
  const going = movers.filter(({ id }) => judgement.accepted.has(id))
  return {
    ...found,
    moves,
    published: event.publishedAt !== null,
    judgement,
    going,
    seen: seenOf(moves, found, judgement),
  }
}

/** @throws DomainError `transfer.nothing` when nobody and nothing would move */
function assertSomething({ going, judgement, transfer }: Found): void {
  const heads = transfer.blocks.some(({ move, heads: all }) => all > 0 && judgement.blocks.get(move) === null)
  if (going.length > 0 || heads) return
  throw new DomainError('conflict', 'transfer.nothing', 'Nobody can be moved. See the reasons.')
}

/**
 * What the decision was about: who stands where, which of them can go, the heads, and how full the shifts are. Nobody’s
 * answer: people answer all day.
 */
function seenOf(moves: readonly TransferMove[], found: Movers, { accepted, refused }: Judgement): Seen {
  const seen: Record<string, Seen[string]> = {}
  for (const { id, fromShiftId } of found.transfer.movers) {
    if (fromShiftId === null) continue
    const pinned = found.places.get(id)?.pinned === true
    seen[id] = { shiftId: fromShiftId, pinned, because: refused.get(id) ?? null }
  }
  for (const [move, { teamId, fromShiftId, toShiftId }] of moves.entries()) {
    const block = found.transfer.blocks.find((each) => each.move === move)
    const free = found.transfer.movers.filter((each) => each.move === move && each.fromShiftId === null)
    const people = free.filter(({ id }) => accepted.has(id)).length
    seen[`${teamId} ${fromShiftId ?? 'free'} ${toShiftId}`] = { heads: block?.heads ?? 0, people }
  }
  for (const { id, taken, max } of found.scene.shifts.values()) seen[id] = { taken, max }
  return seen
}
