/** What each team has in the far event: places, answers, heads, messages. Only its team decides who reaches it. */
import { attendances } from '#modules/attendance/schema.ts'
import { messageSubjects, messages } from '#modules/messaging/schema.ts'
import { personalLink } from '#modules/mobilization/index.ts'
import {
  allotments,
  assignments,
  notices,
  participations,
  quotas,
  signUps,
} from '#modules/mobilization/schema.ts'
import { newId } from '#platform/ids.ts'
import type { TestApp } from '#test/support/app.ts'
import { aPerson } from '#test/support/factories/organisation.ts'
import { type FarEvents, startsAt } from './world-events.ts'
import { since } from './world-people.ts'

export interface MobilizationThings {
  /** What the far event asks of the unit. */
  quota: string
  participation: string
  /** Of the personal link. */
  token: string
  assignment: string
  /** That their place was called off. */
  notice: string
  signUp: string
  allotment: string
  /** Somebody of the team who has come: their place and the token of their link. */
  presentAssignment: string
  presentToken: string
  /** To the person's own phone: one that waits, and one that failed. */
  message: string
  failed: string
  /** Somebody of a far team, on the shift of the unit's event. */
  guest: string
  guestAssignment: string
}

interface Of {
  unit: string
  team: string
  person: string
  contact: string
}

/** Asks the unit for people. */
export async function aQuota({ db }: TestApp, { farEvent }: FarEvents, unitId: string): Promise<string> {
  const id = newId()
  await db.transaction((tx) =>
    tx.insert(quotas).values({ id, eventId: farEvent, unitId, asked: 10, createdAt: since }),
  )
  return id
}

interface Place {
  eventId: string
  shiftId: string
  personId: string
  teamId: string
  unitId: string
}

/** A participation with its link, and an unanswered assignment. */
export async function aPlaceFor({ db, context }: TestApp, { eventId, shiftId, unitId, ...who }: Place) {
  const [participation, assignment] = [newId(), newId()]
  const { token, hash: linkHash } = personalLink(context.keys, participation, 1)
  const ours = { eventId, ...who, createdAt: since }
  await db.transaction(async (tx) => {
    await tx.insert(participations).values({ id: participation, ...ours, linkHash })
    const place = { shiftId, unitId, participationId: participation, origin: 'leader' as const }
    await tx.insert(assignments).values({ id: assignment, ...ours, ...place })
  })
  return { participation, assignment, token }
}

type OfPerson = Pick<
  MobilizationThings,
  'participation' | 'assignment' | 'notice' | 'token' | 'signUp' | 'message' | 'failed'
>

/** The person's place on the far shift with its link, the offer of them, and messages to them. */
export async function personThings(
  app: TestApp,
  { farEvent: eventId, farShift: shiftId }: FarEvents,
  { team: teamId, unit: unitId, person: personId, contact: contactId }: Of,
): Promise<OfPerson> {
  const place = await aPlaceFor(app, { eventId, shiftId, personId, teamId, unitId })
  const [signUp, notice] = [newId(), newId()]
  const offered = { offeredByUserId: newId(), offeredAt: since }
  const { participation: participationId, assignment: assignmentId } = place
  await app.db.transaction(async (tx) => {
    await tx.insert(signUps).values({ id: signUp, eventId, personId, teamId, ...offered })
    const about = { eventId, participationId, assignmentId, contactId, key: notice, createdAt: since }
    await tx.insert(notices).values({ id: notice, kind: 'cancellation', ...about })
  })
  const message = await aMessageTo(app, { eventId, contactId, personId, state: 'queued' })
  const failed = await aMessageTo(app, { eventId, contactId, personId, state: 'undelivered' })
  return { ...place, notice, signUp, message, failed }
}

/** The team's heads on the far shift, and somebody of it who has come. */
export async function headsOf(
  app: TestApp,
  { farEvent: eventId, farShift: shiftId }: FarEvents,
  { team: teamId, unit: unitId }: Of,
): Promise<Pick<MobilizationThings, 'allotment' | 'presentAssignment' | 'presentToken'>> {
  const { id: personId } = await aPerson(app, { teamId })
  const { assignment, token } = await aPlaceFor(app, { eventId, shiftId, personId, teamId, unitId })
  const allotment = newId()
  const heads = { heads: 1, origin: 'leader' as const, createdAt: since }
  const came = { timing: 'on_time', grade: 'B', via: 'roll_call', positionJudgement: 'none' } as const
  await app.db.transaction(async (tx) => {
    await tx.insert(allotments).values({ id: allotment, eventId, shiftId, teamId, ...heads })
    const row = {
      id: newId(),
      assignmentId: assignment,
      shiftId,
      checkInAt: since,
      ...came,
      createdAt: since,
    }
    await tx.insert(attendances).values(row)
  })
  return { allotment, presentAssignment: assignment, presentToken: token }
}

/** Somebody from afar on the shift of the unit's event: only organiser and district see them. */
export async function guestOf(
  app: TestApp,
  { farPerson: personId, farTeam: teamId, farUnit: unitId }: FarEvents,
  { event: eventId, shift: shiftId }: { event: string; shift: string },
): Promise<{ guest: string; guestAssignment: string }> {
  const { participation, assignment } = await aPlaceFor(app, { eventId, shiftId, personId, teamId, unitId })
  return { guest: participation, guestAssignment: assignment }
}

async function aMessageTo(
  { db }: TestApp,
  {
    eventId,
    contactId,
    personId,
    state,
  }: { eventId: string; contactId: string; personId: string; state: 'queued' | 'undelivered' },
): Promise<string> {
  const id = newId()
  await db.transaction(async (tx) => {
    const about = { kind: 'invitation', contactId, eventId, groupKey: id, generation: 1 }
    const way = { channel: 'sms' as const, locale: 'zh' as const, lane: 4 }
    const times = { notBefore: startsAt, stateAt: since, createdAt: since }
    await tx.insert(messages).values({ id, ...about, ...way, state, ...times })
    await tx.insert(messageSubjects).values({ messageId: id, subject: `thing:${id}`, personId })
  })
  return id
}
