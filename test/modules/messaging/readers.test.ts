/**
 * For each kind of message that says who reads it: a line that waits for somebody else's number is not read there, and is read
 * by whoever the matter is for. `ranking_drafted`, `appeal_decided` and `task_digest` are shown where there is something to tell:
 * `inspection/documents.test.ts`, `command/escalation.test.ts`.
 */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { users } from '#modules/accounts/schema.ts'
import { sealPhone } from '#modules/accounts/sealed.ts'
import { lateEntries } from '#modules/attendance/schema.ts'
import { events, shifts } from '#modules/events/schema.ts'
import { emergencies } from '#modules/minors/schema.ts'
import { assignments, notices, participations, quotas } from '#modules/mobilization/schema.ts'
import type { NoticeKind } from '#modules/mobilization/words.ts'
import { guardianConsents, teams, units } from '#modules/organisation/schema.ts'
import { newId } from '#platform/ids.ts'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { aDay, aVolunteer, type Day, shiftStart, type Volunteer } from '#test/support/factories/attendance.ts'
import { aStrayMessage } from '#test/support/factories/messaging.ts'
import { aConsent, aPerson, aPhone, aUnit } from '#test/support/factories/organisation.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ at: '2026-03-04T10:00:00+08:00' })
})
afterAll(() => app[Symbol.asyncDispose]())

/** Somebody with a place, or a child with a guardian, who is reached at this number; and whoever leads the team. */
interface Ground {
  day: Day
  phone: string
  one: Volunteer
  leaderPhone: string
}

type Row<T extends { $inferInsert: object }> = Partial<T['$inferInsert']>
const set = {
  shift: (id: string, to: Row<typeof shifts>) =>
    app.db.transaction((tx) => tx.update(shifts).set(to).where(eq(shifts.id, id))),
  event: (id: string, to: Row<typeof events>) =>
    app.db.transaction((tx) => tx.update(events).set(to).where(eq(events.id, id))),
  place: (id: string, to: Row<typeof assignments>) =>
    app.db.transaction((tx) => tx.update(assignments).set(to).where(eq(assignments.id, id))),
}

async function aGround({ minor = false } = {}): Promise<Ground> {
  const [phone, leaderPhone] = [aPhone(), aPhone()]
  const day = await aDay(app)
  const contacts = [{ kind: 'phone' as const, value: phone, relation: 'guardian' as const }]
  const who = minor ? { birthDate: '2015-05-01', contacts } : { phone }
  const one = await aVolunteer(app, day, { name: '李小童', answer: null, ...who })
  if (minor) await set.place(one.assignmentId, { minor: true })
  const { id: leaderPersonId } = await aPerson(app, { phone: leaderPhone, teamId: one.teamId })
  await app.db.transaction((tx) => tx.update(teams).set({ leaderPersonId }).where(eq(teams.id, one.teamId)))
  return { day, phone, one, leaderPhone }
}

/** The subject of a line, the person it is about, and the number at which it is read. */
interface Line {
  subject: string
  personId?: string | null
  readAt: string
}

const part = async (minor: boolean): Promise<Line> => {
  const { one, phone } = await aGround({ minor })
  return { subject: `participation:${one.participationId}`, personId: one.personId, readAt: phone }
}
const reminder = async (minor: boolean): Promise<Line> => {
  const { one, phone } = await aGround({ minor })
  const subject = `assignment:${one.assignmentId}@${shiftStart.toMillis()}`
  return { subject, personId: one.personId, readAt: phone }
}

async function noticed(kind: NoticeKind, minor: boolean): Promise<Line> {
  const { day, one, phone } = await aGround({ minor })
  const at = app.clock.now()
  if (kind === 'event_cancellation') await set.event(day.eventId, { cancelledAt: at })
  if (kind === 'cancellation') await set.shift(day.shiftId, { cancelledAt: at })
  if (kind === 'removal') await set.place(one.assignmentId, { cancelledAt: at, freedAt: at })
  const id = newId()
  const before = { startsAt: '2026-03-04T01:00:00.000Z', endsAt: '2026-03-04T02:00:00.000Z' }
  const row = { id, key: id, kind, eventId: day.eventId, participationId: one.participationId, createdAt: at }
  const assignmentId = kind === 'event_cancellation' ? null : one.assignmentId
  const told = { ...before, zoneName: '永丰社区', meetingPoint: null }
  await app.db.transaction((tx) =>
    tx.insert(notices).values({ ...row, assignmentId, before: kind === 'change' ? told : null }),
  )
  return { subject: `notice:${id}`, personId: one.personId, readAt: phone }
}

async function inCharge(now: 'head' | 'cancelled' | 'replaced'): Promise<Line> {
  const { day } = await aGround()
  const readAt = aPhone()
  const { id: personId } = await aPerson(app, { phone: readAt })
  if (now !== 'replaced') await set.shift(day.shiftId, { inChargePersonId: personId })
  if (now === 'cancelled') await set.shift(day.shiftId, { cancelledAt: app.clock.now() })
  return { subject: `in-charge:${day.shiftId}@${personId}`, personId, readAt }
}

async function asked(of: { pledged?: number; cancelled?: boolean } = {}): Promise<Line> {
  const readAt = aPhone()
  const { id: personId } = await aPerson(app, { phone: readAt })
  const { id: unitId } = await aUnit(app.db, { liaisonPersonId: personId })
  const { eventId } = await aDay(app)
  const asking = { quotas: [{ unitId, asked: 40 }] }
  await app.as('city_office').put(`/api/events/${eventId}/quotas`).send(asking).expect(200)
  const [quota] = await app.db.read.select().from(quotas).where(eq(quotas.unitId, unitId))
  await app.db.transaction((tx) =>
    tx
      .update(quotas)
      .set({ pledged: of.pledged ?? null })
      .where(eq(quotas.id, quota!.id)),
  )
  if (of.cancelled) await set.event(eventId, { cancelledAt: app.clock.now() })
  return { subject: `quota:${quota!.id}`, personId, readAt }
}

async function late(decided: boolean): Promise<Line> {
  const { day, one, phone, leaderPhone } = await aGround()
  const at = app.clock.now()
  const { userId } = await app.signIn({ role: 'team_leader', teamId: one.teamId })
  const { leaderPersonId: personId } = (
    await app.db.read.select().from(teams).where(eq(teams.id, one.teamId))
  )[0]!
  await app.db.transaction((tx) => tx.update(users).set({ personId }).where(eq(users.id, userId)))
  const id = newId()
  const entry = { id, assignmentId: one.assignmentId, shiftId: day.shiftId, eventId: day.eventId, actId: id }
  const times = { askedAt: at, arrivedAt: at, leftAt: at }
  const decision = decided ? { decidedAt: at, approved: true } : {}
  await app.db.transaction((tx) =>
    tx.insert(lateEntries).values({ ...entry, ...times, ...decision, origin: 'own', reason: '手机没电' }),
  )
  return { subject: `late_entry:${id}`, personId: one.personId, readAt: decided ? phone : leaderPhone }
}

async function calledAt(...grants: Parameters<TestApp['signIn']>): Promise<SignedIn & { readAt: string }> {
  const [readAt, user] = [aPhone(), await app.signIn(...grants)]
  const sealed = sealPhone(app.context.keys, user.userId, readAt)
  await app.db.transaction((tx) => tx.update(users).set(sealed).where(eq(users.id, user.userId)))
  // Whom nobody ever wrote to has the list of alarms alone.
  await aPerson(app, { phone: readAt })
  return { ...user, readAt }
}

const lines: Record<string, () => Promise<Line>> = {
  async 'account.roles_together'() {
    const { readAt } = await calledAt({ role: 'auditor' })
    const { userId } = await app.signIn({ role: 'system_administrator' })
    return { subject: `roles-together:${userId}.2026-03-04`, readAt }
  },
  async 'minors.alarm'() {
    const { readAt } = await calledAt({ role: 'auditor' })
    const { userId } = await app.signIn({ role: 'city_office' })
    return { subject: `revelation-alarm:${userId}.2026-03-04`, readAt }
  },
  async 'minors.emergency'() {
    const { one } = await aGround({ minor: true })
    const { userId: openedBy, readAt } = await calledAt({ role: 'city_office' })
    const id = newId()
    const row = { id, assignmentId: one.assignmentId, what: '摔伤', openedBy, openedAt: app.clock.now() }
    await app.db.transaction((tx) => tx.insert(emergencies).values(row))
    return { subject: `emergency:${id}`, readAt }
  },
  async wrong_number() {
    const { one, leaderPhone } = await aGround()
    await app.request.delete(`/api/c/${one.token}`).expect(204)
    const subject = `participation:${one.participationId}`
    return { subject, personId: one.personId, readAt: leaderPhone }
  },
  async guardian_consent_entered() {
    const { day, one, phone } = await aGround({ minor: true })
    const { id } = await aConsent(app, { personId: one.personId })
    await app.db.transaction((tx) =>
      tx.update(guardianConsents).set({ eventId: day.eventId }).where(eq(guardianConsents.id, id)),
    )
    return { subject: `consent:${id}`, personId: one.personId, readAt: phone }
  },
  invitation: () => part(false),
  guardian_invitation: () => part(true),
  reminder: () => reminder(false),
  guardian_reminder: () => reminder(true),
  change: () => noticed('change', false),
  guardian_change: () => noticed('change', true),
  cancellation: () => noticed('cancellation', false),
  guardian_cancellation: () => noticed('cancellation', true),
  removal: () => noticed('removal', false),
  guardian_removal: () => noticed('removal', true),
  event_cancellation: () => noticed('event_cancellation', false),
  guardian_event_cancellation: () => noticed('event_cancellation', true),
  in_charge: () => inCharge('head'),
  in_charge_moved: () => inCharge('head'),
  in_charge_cancelled: () => inCharge('cancelled'),
  in_charge_replaced: () => inCharge('replaced'),
  late_entry_asked: () => late(false),
  late_entry_decided: () => late(true),
  unit_asked: () => asked(),
  unit_reminded: () => asked(),
  unit_changed: () => asked({ pledged: 30 }),
  unit_event_cancellation: () => asked({ cancelled: true }),
}

test('every kind that says who reads it is shown here, or where there is something to tell', () => {
  const { kinds } = app.messaging
  const elsewhere = ['appeal_decided', 'ranking_drafted', 'task_digest']
  const read = kinds.names().filter((name) => kinds.get(name)!.readersOf)
  expect(Object.keys(lines).concat(elsewhere).sort()).toEqual(read)
})

test.each(Object.keys(lines))('%s is read by whoever it is for, and not at another number', async (kind) => {
  const { readAt, ...line } = await lines[kind]!()
  await app.settled()
  const toldAt = (number: string) =>
    app.outbox().filter((sent) => sent.to === number && sent.kind === kind).length
  const before = toldAt(readAt)
  const stray = await aStrayMessage(app, { kind, ...line })
  for (let at = 0; at < 3; at++) await app.settled()
  expect([toldAt(stray), toldAt(readAt) - before]).toEqual([0, 1])
  // In the list it stands for those alone who reach whom it is about.
  const listed = async (who: Parameters<TestApp['as']>[0]) =>
    (await app.as(who).get('/api/messages').query({ kind, limit: 200 })).body.items.filter(
      ({ subjects }: { subjects: string[] }) => subjects.includes(line.subject),
    ).length
  const outside = await app.signIn({ role: 'unit_administrator', unitId: (await aUnit(app.db)).id })
  expect([(await listed('city_office')) > 0, await listed(outside)]).toEqual([true, 0])
  if (!line.personId) return
  const [home] = await app.db.read
    .select({ unitId: units.id })
    .from(participations)
    .innerJoin(teams, eq(teams.id, participations.teamId))
    .innerJoin(units, eq(units.id, teams.unitId))
    .where(eq(participations.personId, line.personId))
  if (!home) return
  const inside = await app.signIn({ role: 'unit_administrator', unitId: home.unitId })
  expect(await listed(inside)).toBeGreaterThan(0)
})
