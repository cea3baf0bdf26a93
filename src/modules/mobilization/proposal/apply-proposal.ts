import type { DateTime } from 'luxon'
import { assertOpen, eventRow } from '#modules/events/index.ts'
import { type AuditActor, record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { isoOf } from '#platform/time.ts'
import { isKept } from '../kept.ts'
import { commitmentsOf } from '../pool/pool-facts.ts'
import { dropEmpty } from '../remove-assignment.ts'
import type { allotments } from '../schema.ts'
import type { Ineligibility } from '../words.ts'
import { allotmentRows, membersByTeam, openShifts, type Standing, standingIn } from './proposal-ground.ts'
import {
  admit,
  admitHeads,
  type Ground,
  keepBusy,
  type OpenShift,
  type ProposedAllotment,
  type ProposedAssignment,
  type Refused,
} from './proposal-rules.ts'
import {
  type Books,
  takeBack,
  withdrawHeads,
  writeAllotments,
  writeAssignments,
  writeSeats,
} from './write-proposal.ts'

export interface Proposal {
  eventId: string
  /** The shifts that the proposal covers; other shifts are not changed. Absent: all shifts of the event. */
  shiftIds?: readonly string[]
  assignments: readonly ProposedAssignment[]
  /** Heads of teams without names. */
  allotments: readonly ProposedAllotment[]
  by: AuditActor
  at: DateTime
  keys: KeyRing
}

export interface Applied {
  assigned: number
  /** Number of places that existed and stay. */
  kept: number
  /** Number of places from an earlier proposal that are not in this one and were taken back. */
  takenBack: number
  allotted: number
  /** Ids of people who left their team after the proposal was made. */
  gone: string[]
  /** Placements that the current state does not allow, each with its reason. None of them was written. */
  refused: Refused[]
  refusedAllotments: { teamId: string; shiftId: string; because: Ineligibility }[]
}

/**
 * Applies a proposal as the whole plan of the shifts it covers: places of an earlier proposal that it does not contain
 * are taken back; pinned, leader-assigned, accepted and declined places stay. No shift exceeds its max, and nobody
 * holds two overlapping places, in this or another event.
 * @throws DomainError `event.missing`, `event.closed`, `event.cancelled`
 */
export async function applyProposal(tx: Writer, proposal: Proposal): Promise<Applied> {
  const { eventId, by, at, keys } = proposal
  const event = await eventRow(tx, eventId)
  assertOpen(event)
  const standing = await standingIn(tx, eventId)
  const { stays, goes, kept, fresh } = compare(standing, proposal)
  const heads = compareHeads(await allotmentRows(tx, eventId), proposal)
  const ground = await groundOf(tx, { event, stays, proposal })
  const books: Books = { eventId, published: event.publishedAt !== null, at, keys, seats: new Map() }

  giveBack(ground, goes, heads)
  await takeBack(tx, books, goes)
  await withdrawHeads(tx, books, heads.goes)
  const admittedHeads = admitHeads(heads.fresh, ground)
  const written = await writeAllotments(tx, books, admittedHeads.accepted)
  for (const { id, shiftId, teamId, heads: left } of written) {
    ground.heads.set(`${shiftId} ${teamId}`, { allotmentId: id, left })
  }
  const admitted = admit(fresh, ground)
  await writeAssignments(tx, books, admitted.accepted)
  await writeSeats(tx, books)
  if (!books.published) await dropEmpty(tx, eventId)

  const applied: Applied = {
    assigned: admitted.accepted.length,
    kept,
    takenBack: goes.length,
    allotted: written.length,
    gone: admitted.gone,
    refused: admitted.refused,
    refusedAllotments: admittedHeads.refused,
  }
  const { gone, refused, refusedAllotments, ...counts } = applied
  const details = { ...counts, refused: refused.length + refusedAllotments.length + gone.length }
  await record(tx, { action: 'proposal.applied', subject: `event:${eventId}`, by, at, details })
  if (books.published) {
    const about = `event:${eventId}`
    const key = `mobilization.invite_all:${eventId}`
    await enqueue(tx, 'mobilization.invite_all', { eventId }, { key, about })
    await tellMoved(tx, goes, { eventId, at })
  }
  return applied
}

/** Enqueues one message about the current places for each person who lost a place they may have been told of. */
async function tellMoved(
  tx: Writer,
  goes: readonly Standing[],
  { eventId, at }: { eventId: string; at: DateTime },
): Promise<void> {
  const left = [...new Set(goes.map(({ participationId }) => participationId))]
  await inChunks(left, 100, (participationIds) =>
    enqueue(
      tx,
      'participation.replanned',
      { participationIds, replannedAt: isoOf(at) },
      { about: `event:${eventId}` },
    ),
  )
}

const pairOf = ({ personId, shiftId }: { personId: string; shiftId: string }) => `${personId} ${shiftId}`

/**
 * Compares the existing plan with the proposal: places that stay, go and are new. A moved person leaves the old place.
 */
function compare(standing: readonly Standing[], { shiftIds, assignments }: Proposal) {
  const covered = shiftIds && new Set(shiftIds)
  const proposed = new Map(assignments.map((each) => [pairOf(each), each]))
  const moved = new Set(assignments.map(({ personId }) => personId))
  const isCovered = ({ shiftId, personId }: Standing) =>
    !covered || covered.has(shiftId) || moved.has(personId)
  const goes = standing.filter((each) => {
    return each.freedAt === null && !isKept(each) && isCovered(each) && !proposed.has(pairOf(each))
  })
  const going = new Set(goes.map(({ id }) => id))
  const stays = standing.filter(({ id }) => !going.has(id))
  const there = new Set(stays.map(pairOf))
  const fresh = [...proposed.values()].filter((each) => !there.has(pairOf(each)))
  return { stays, goes, fresh, kept: proposed.size - fresh.length }
}

type AllotmentRow = typeof allotments.$inferSelect

/** The same comparison for allotments. An allotment with named people stays. */
function compareHeads(rows: readonly AllotmentRow[], { shiftIds, allotments: proposed }: Proposal) {
  const covered = shiftIds && new Set(shiftIds)
  const wanted = new Map(proposed.map((each) => [`${each.shiftId} ${each.teamId}`, each]))
  const isSame = (row: AllotmentRow) => {
    const each = wanted.get(`${row.shiftId} ${row.teamId}`)
    return each?.heads === row.heads && each.minors === row.minors
  }
  const goes = rows.filter((row) => {
    return !isKept(row) && row.named === 0 && (!covered || covered.has(row.shiftId)) && !isSame(row)
  })
  const stays = rows.filter((row) => !goes.includes(row))
  const there = new Set(stays.map((row) => `${row.shiftId} ${row.teamId}`))
  return { stays, goes, fresh: [...wanted].filter(([key]) => !there.has(key)).map(([, each]) => each) }
}

interface Grounding {
  event: Awaited<ReturnType<typeof eventRow>>
  stays: readonly Standing[]
  proposal: Proposal
}

async function groundOf(tx: Writer, { event, stays, proposal }: Grounding): Promise<Ground> {
  const { keys, at } = proposal
  const shifts = await openShifts(tx, event, at)
  const elsewhere = await commitmentsOf(tx, event)
  const teamIds = [...proposal.assignments, ...stays].map(({ teamId }) => teamId)
  const members = await membersByTeam(tx, keys, event, [...new Set(teamIds.filter((id) => id !== null))])
  const known = [...members.values(), ...stays, ...elsewhere]
  const humans = new Map(known.flatMap(({ personId, humanId }) => (humanId ? [[personId, humanId]] : [])))
  const busy: Ground['busy'] = new Map()
  for (const { personId, ...period } of elsewhere) keepBusy({ humans, busy }, personId, period)
  const groups: Ground['groups'] = new Map()
  const excused = new Map<string, OpenShift[]>()
  for (const each of stays) {
    const shift = shifts.get(each.shiftId)
    if (each.excusedAt && shift) excused.set(each.personId, [...(excused.get(each.personId) ?? []), shift])
    if (each.freedAt) continue
    if (shift) keepBusy({ humans, busy }, each.personId, shift)
    if (each.allotmentId) continue
    const key = `${each.shiftId} ${each.unitId ?? each.teamId}`
    const group = groups.get(key) ?? { minors: 0, escorts: 0 }
    groups.set(key, group)
    if (each.minor) group.minors++
    else if (members.get(`${each.personId} ${each.teamId}`)?.escort) group.escorts++
  }
  const heads: Ground['heads'] = new Map()
  return { shifts, members, humans, busy, excused, groups, heads, minorsPerAdult: event.minorsPerAdult }
}

/** Frees the places that go, in memory, so that new placements can use them. */
function giveBack(
  { shifts, heads }: Ground,
  goes: readonly Standing[],
  allotted: { stays: readonly AllotmentRow[]; goes: readonly AllotmentRow[] },
): void {
  for (const { shiftId, teamId, id, heads: all, named } of allotted.stays) {
    heads.set(`${shiftId} ${teamId}`, { allotmentId: id, left: all - named })
  }
  const byId = new Map([...heads.values()].map((head) => [head.allotmentId, head]))
  for (const { shiftId, allotmentId } of goes) {
    const head = allotmentId ? byId.get(allotmentId) : undefined
    const shift = shifts.get(shiftId)
    if (head) head.left++
    else if (shift) shift.left++
  }
  for (const { shiftId, heads: all } of allotted.goes) {
    const shift = shifts.get(shiftId)
    if (shift) shift.left += all
  }
}
