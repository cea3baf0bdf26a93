import { and, eq, inArray, isNull } from 'drizzle-orm'
import { events, shifts } from '#modules/events/schema.ts'
import type { MergeParticipant, Merging } from '#modules/organisation/index.ts'
import { type MovedRow, moveRow } from '#platform/database/moved-rows.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import type { ParticipationRow } from '../participations.ts'
import { freePlace } from '../places.ts'
import { overallAnswer } from '../rules.ts'
import { assignments, participations, signUps } from '../schema.ts'
import { inviteIfNeverTold } from './merge-invite.ts'
import { type Arrival, placesToCancel } from './merge-rules.ts'
import { type MobilizationMoved, unmergeMobilization } from './unmerge.ts'

type AssignmentRow = typeof assignments.$inferSelect

/** Reads recorded arrivals by assignment id. The slice above implements it. */
export type Arrivals = (db: Reader, assignmentIds: readonly string[]) => Promise<Map<string, Arrival>>

/**
 * A merge of people moves sign-ups, participations and places to the kept person. If both take part in an event, the
 * kept person's participation stays, the other is joined into it, and the other's link opens it.
 */
export function mobilizationMerge(arrivals: Arrivals): MergeParticipant {
  return {
    slice: 'mobilization',
    claims: ['sign_ups.personId', 'participations.personId', 'assignments.personId'],
    async merge(tx, merging) {
      const signedUp = await moveSignUps(tx, merging)
      const cancelled = await cancelTwins(tx, arrivals, merging)
      const { moved, targets } = await moveParticipations(tx, merging)
      const places = await movePlaces(tx, targets, merging)
      const touched = new Set([
        ...targets.values(),
        ...cancelled.map(({ participationId }) => participationId),
      ])
      const answers = await settleAnswers(tx, [...touched], moved)
      await inviteIfNeverTold(tx, [...targets.values()], merging.at)
      return {
        signUps: signedUp,
        cancelled: cancelled.map((each) => each.moved),
        participations: moved,
        assignments: places,
        answers,
      } satisfies MobilizationMoved
    },
    unmerge: unmergeMobilization,
  }
}

/** Moves sign-ups. If both people have one for the same event, that of the kept person stays. */
async function moveSignUps(tx: Writer, { keptId, mergedId, at }: Merging): Promise<MovedRow[]> {
  const all = await tx
    .select()
    .from(signUps)
    .where(inArray(signUps.personId, [keptId, mergedId]))
  const own = new Set(
    all.flatMap(({ personId, eventId, withdrawnAt }) =>
      personId === keptId && withdrawnAt === null ? [eventId] : [],
    ),
  )
  const moved: MovedRow[] = []
  for (const offer of all.filter(({ personId }) => personId === mergedId)) {
    const twice = offer.withdrawnAt === null && own.has(offer.eventId)
    moved.push(await moveRow(tx, signUps, offer, twice ? { withdrawnAt: at } : { personId: keptId }))
  }
  return moved
}

async function cancelTwins(tx: Writer, arrivals: Arrivals, { keptId, mergedId, at }: Merging) {
  const live = await tx
    .select({ assignment: assignments, shift: shifts, eventCancelledAt: events.cancelledAt })
    .from(assignments)
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .innerJoin(events, eq(events.id, assignments.eventId))
    .where(and(inArray(assignments.personId, [keptId, mergedId]), isNull(assignments.cancelledAt)))
  const came = await arrivals(
    tx,
    live.map(({ assignment }) => assignment.id),
  )
  const places = live.map(({ assignment, shift, eventCancelledAt }) => {
    const held = assignment.freedAt === null && shift.cancelledAt === null && eventCancelledAt === null
    const { startsAt, endsAt } = shift
    return { ...assignment, startsAt, endsAt, held, arrival: came.get(assignment.id) }
  })
  const byId = new Map(live.map(({ assignment }) => [assignment.id, assignment]))
  const cancelled: { moved: MovedRow; participationId: string }[] = []
  for (const id of placesToCancel(places, at)) {
    const place = byId.get(id) as AssignmentRow
    if (place.freedAt === null) await freePlace(tx, place)
    const set = {
      cancelledAt: at,
      cancelReason: 'merged' as const,
      freedAt: place.freedAt ?? at,
      allotmentId: null,
    }
    cancelled.push({
      moved: await moveRow(tx, assignments, place, set),
      participationId: place.participationId,
    })
  }
  return cancelled
}

/** @returns the moved rows, and for each participation of the merged person the one that replaces it */
async function moveParticipations(tx: Writer, { keptId, mergedId }: Merging) {
  const all = await tx
    .select()
    .from(participations)
    .where(and(inArray(participations.personId, [keptId, mergedId]), isNull(participations.joinedIntoId)))
  const own = new Map(all.flatMap((each) => (each.personId === keptId ? [[each.eventId, each.id]] : [])))
  const moved: MovedRow[] = []
  const targets = new Map<string, string>()
  for (const participation of all.filter(({ personId }) => personId === mergedId)) {
    const joinedIntoId = own.get(participation.eventId)
    const set = joinedIntoId ? { joinedIntoId } : { personId: keptId }
    moved.push(await moveRow(tx, participations, participation, set))
    targets.set(participation.id, joinedIntoId ?? participation.id)
  }
  return { moved, targets }
}

async function movePlaces(
  tx: Writer,
  targets: ReadonlyMap<string, string>,
  { keptId, mergedId }: Merging,
): Promise<MovedRow[]> {
  const places = await tx.select().from(assignments).where(eq(assignments.personId, mergedId))
  const moved: MovedRow[] = []
  for (const place of places) {
    const participationId = targets.get(place.participationId) ?? place.participationId
    moved.push(await moveRow(tx, assignments, place, { personId: keptId, participationId }))
  }
  return moved
}

/** Recomputes the overall answer from the places; its time is that of the latest answer. */
async function settleAnswers(
  tx: Writer,
  participationIds: readonly string[],
  joined: readonly MovedRow[],
): Promise<MovedRow[]> {
  if (participationIds.length === 0) return []
  const rows = await tx
    .select()
    .from(participations)
    .where(inArray(participations.id, [...participationIds, ...joined.map(({ id }) => id)]))
  const places = await tx
    .select({ participationId: assignments.participationId, answer: assignments.answer })
    .from(assignments)
    .where(and(inArray(assignments.participationId, [...participationIds]), isNull(assignments.cancelledAt)))
  const moved: MovedRow[] = []
  for (const row of rows.filter(({ id }) => participationIds.includes(id))) {
    const own = places.filter(({ participationId }) => participationId === row.id)
    const answer = overallAnswer(own.map((each) => each.answer))
    const { answeredAt, answeredVia, answeredByUserId } = lastAnswered(row, rows)
    const set = { answer, answeredAt, answeredVia, answeredByUserId }
    const same = answer === row.answer && answeredAt?.toMillis() === row.answeredAt?.toMillis()
    if (!same) moved.push(await moveRow(tx, participations, row, set))
  }
  return moved
}

function lastAnswered(row: ParticipationRow, rows: readonly ParticipationRow[]): ParticipationRow {
  return rows
    .filter(({ joinedIntoId }) => joinedIntoId === row.id)
    .reduce((last, each) => ((each.answeredAt ?? 0) > (last.answeredAt ?? 0) ? each : last), row)
}
