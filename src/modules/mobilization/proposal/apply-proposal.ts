import type { DateTime } from 'luxon'
import { assertOpen, eventRow } from '#modules/events/index.ts'
import { type AuditActor, record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { type Database, inChunks, type Writer } from '#platform/database/port.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { isoOf } from '#platform/time.ts'
import { dropEmpty } from '../remove-assignment.ts'
import type { Ineligibility } from '../words.ts'
import { compare, compareHeads, pairOf, type Whole } from './compare.ts'
import {
  allotmentsOn,
  giveBack,
  groundOf,
  recordsWith,
  shiftsOver,
  standingFor,
  takenBackAt,
} from './proposal-ground.ts'
import {
  admit,
  admitHeads,
  type ProposedAllotment,
  type ProposedAssignment,
  type Refused,
} from './proposal-rules.ts'
import { slicesOf } from './slices.ts'
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
  /** Places on shifts that are not covered which people of the assignments keep, where they hold them. */
  alsoKept?: readonly ProposedAssignment[]
  /** Heads of teams without names. */
  allotments: readonly ProposedAllotment[]
  by: AuditActor
  at: DateTime
  keys: KeyRing
  /** It was begun before, at the same `at`, and interrupted. */
  resumed?: boolean
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
 * holds two overlapping places, in this or another event. It is written a few shifts at a time, so that nobody waits long for
 * the writer; a person leaves the old place where they get the new one. Doing it again does what is missing, so an
 * interrupted one is resumed by doing it again. Those who lost a place are told at the end.
 * @throws DomainError `event.missing`, `event.closed`, `event.cancelled`
 */
export async function applyProposal(db: Database, proposal: Proposal): Promise<Applied> {
  const whole: Whole = {
    proposed: new Map(
      [...(proposal.alsoKept ?? []), ...proposal.assignments].map((each) => [pairOf(each), each]),
    ),
    covered: proposal.shiftIds && new Set(proposal.shiftIds),
    over: await shiftsOver(db.read, proposal),
  }
  const applied: Applied = {
    assigned: 0,
    kept: 0,
    takenBack: 0,
    allotted: 0,
    gone: [],
    refused: [],
    refusedAllotments: [],
  }
  const left = new Set<string>()
  for (const slice of await slicesOf(db.read, proposal)) {
    const part = await db.transaction((tx) => applySlice(tx, { ...proposal, ...slice }, whole))
    applied.assigned += part.assigned
    applied.kept += part.kept
    applied.takenBack += part.left.length
    applied.allotted += part.allotted
    applied.gone.push(...part.gone)
    applied.refused.push(...part.refused)
    applied.refusedAllotments.push(...part.refusedAllotments)
    for (const id of part.left) left.add(id)
    await new Promise((turn) => setImmediate(turn))
  }
  applied.gone = [...new Set(applied.gone)]
  if (proposal.resumed) for (const id of await takenBackAt(db.read, proposal)) left.add(id)
  await dropLeft(db, proposal.eventId, [...left])
  await db.transaction((tx) => finish(tx, proposal, applied, [...left]))
  return applied
}

type SliceOfProposal = Proposal & { shiftIds: readonly string[] }

/** Makes the proposal real on some of its shifts. */
async function applySlice(tx: Writer, slice: SliceOfProposal, whole: Whole) {
  const { eventId, shiftIds, at, keys } = slice
  const event = await eventRow(tx, eventId)
  assertOpen(event)
  const records = await recordsWith(
    tx,
    slice.assignments.map(({ personId }) => personId),
  )
  const standing = await standingFor(tx, eventId, { shiftIds, personIds: records })
  const { stays, goes, kept, fresh } = compare(standing, slice, { ...whole, records: new Set(records) })
  const heads = compareHeads(await allotmentsOn(tx, shiftIds), slice.allotments, whole.over)
  const ground = await groundOf(tx, { event, standing, stays, records, slice })
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
  return {
    assigned: admitted.accepted.length,
    kept,
    left: goes.map(({ participationId }) => participationId),
    allotted: written.length,
    gone: admitted.gone,
    refused: admitted.refused,
    refusedAllotments: admittedHeads.refused,
  }
}

/** Before publication nobody was told: whoever has no place any more does not take part. */
async function dropLeft(db: Database, eventId: string, left: readonly string[]): Promise<void> {
  await inChunks(left, 300, (some) =>
    db.transaction(async (tx) => {
      if ((await eventRow(tx, eventId)).publishedAt === null) await dropEmpty(tx, eventId, some)
    }),
  )
}

async function finish(
  tx: Writer,
  { eventId, by, at }: Proposal,
  applied: Applied,
  left: readonly string[],
): Promise<void> {
  const { gone, refused, refusedAllotments, ...counts } = applied
  const details = { ...counts, refused: refused.length + refusedAllotments.length + gone.length }
  await record(tx, { action: 'proposal.applied', subject: `event:${eventId}`, by, at, details })
  if ((await eventRow(tx, eventId)).publishedAt === null) return
  const about = `event:${eventId}`
  const key = `mobilization.invite_all:${eventId}`
  await enqueue(tx, 'mobilization.invite_all', { eventId }, { key, about })
  // One message about the current places for each person who lost a place they may have been told of.
  await inChunks(left, 100, (participationIds) =>
    enqueue(tx, 'participation.replanned', { participationIds, replannedAt: isoOf(at) }, { about }),
  )
}
