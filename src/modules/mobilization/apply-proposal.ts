import type { DateTime } from 'luxon'
import { assertOpen, eventRow } from '#modules/events/index.ts'
import { type AuditActor, record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { isKept } from './kept.ts'
import {
  allotmentRows,
  busyElsewhere,
  membersByTeam,
  openShifts,
  type Standing,
  standingIn,
} from './proposal-ground.ts'
import {
  admit,
  admitHeads,
  type Ground,
  type ProposedAllotment,
  type ProposedAssignment,
  type Refused,
} from './proposal-rules.ts'
import { dropEmpty } from './remove-assignment.ts'
import type { allotments } from './schema.ts'
import type { Ineligibility } from './words.ts'
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
  /** The shifts it covers; what stands on others is left alone. Absent: all of the event. */
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
  /** In place already and still so. */
  kept: number
  /** Placed by an earlier proposal and not part of this one: taken back. */
  takenBack: number
  allotted: number
  /** People who left their team since the proposal was made. */
  gone: string[]
  /** What the present state no longer allows, each with its reason; nothing of these was written. */
  refused: Refused[]
  refusedAllotments: { teamId: string; shiftId: string; because: Ineligibility }[]
}

/**
 * Makes a proposal real: for the shifts it covers it is the whole plan, so whatever an earlier proposal placed there
 * and this one does not is taken back; pinned, leader-named, accepted and declined places stay. No shift goes above
 * its max and nobody stands on two overlapping shifts, here or in another event.
 * @throws DomainError `event.missing`, `event.closed`, `event.cancelled`
 */
export async function applyProposal(tx: Writer, proposal: Proposal): Promise<Applied> {
  const { eventId, by, at, keys } = proposal
  const event = await eventRow(tx, eventId)
  assertOpen(event)
  const standing = await standingIn(tx, eventId)
  const { stays, goes, kept, fresh } = compare(standing, proposal)
  const heads = compareHeads(await allotmentRows(tx, eventId), proposal)
  const ground = await groundOf(tx, { event, stays, proposal, at })
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
  if (books.published)
    await enqueue(tx, 'mobilization.invite-all', { eventId }, { key: `mobilization.invite-all:${eventId}` })
  return applied
}

const pairOf = ({ personId, shiftId }: { personId: string; shiftId: string }) => `${personId} ${shiftId}`

/** What of the standing plan stays, what goes, and what is new. Somebody who is placed anew leaves their old place. */
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

/** The same for heads; an allotment into which somebody was named stays. */
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
  at: DateTime
}

async function groundOf(tx: Writer, { event, stays, proposal, at }: Grounding): Promise<Ground> {
  const shifts = await openShifts(tx, event, at)
  const busy = await busyElsewhere(tx, event)
  const teamIds = [...proposal.assignments, ...stays].map(({ teamId }) => teamId)
  const members = await membersByTeam(tx, event, [...new Set(teamIds.filter((id) => id !== null))])
  const groups: Ground['groups'] = new Map()
  for (const each of stays) {
    if (each.freedAt) continue
    const shift = shifts.get(each.shiftId)
    if (shift) busy.set(each.personId, [...(busy.get(each.personId) ?? []), shift])
    if (each.allotmentId) continue
    const key = `${each.shiftId} ${each.unitId ?? each.teamId}`
    const group = groups.get(key) ?? { minors: 0, escorts: 0 }
    groups.set(key, group)
    if (each.minor) group.minors++
    else if (members.get(`${each.personId} ${each.teamId}`)?.escort) group.escorts++
  }
  return { shifts, members, busy, groups, heads: new Map(), minorsPerAdult: event.minorsPerAdult }
}

/** The places of those who go are free for those who come. */
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
