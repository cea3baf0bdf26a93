import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { activations } from '#modules/accounts/schema.ts'
import { shifts } from '#modules/events/schema.ts'
import { messageSubjects } from '#modules/messaging/schema.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import { rowsOf } from '#platform/database/dialect.ts'
import { dialect } from '#platform/database/kit.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aShift, publish } from '#test/support/factories/events.ts'
import { anAssignment } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone, aTeam } from '#test/support/factories/organisation.ts'

async function aboutWhom(app: TestApp): Promise<Record<string, string | null>> {
  const rows = await app.db.read.select().from(messageSubjects)
  return Object.fromEntries(rows.map(({ subject, personId }) => [subject, personId]))
}

/** Two rows of one human on one shift of a published event, both invited; one has an account with a link and a code. */
async function twoTold(app: TestApp) {
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId, max: 5 })
  const { id: teamId } = await aTeam(app.db)
  const phone = aPhone()
  const [kept, merged] = [
    await aPerson(app, { teamId, phone: aPhone() }),
    await aPerson(app, { teamId, phone }),
  ]
  for (const { id: personId } of [kept, merged]) await anAssignment(app, { shiftId: shift.id, personId })
  const office = app.as('city_office')
  const grants = [{ role: 'team_leader', teamId }]
  const user = await office
    .post('/api/users')
    .send({ login: 'wangwei', name: '王伟', personId: merged.id, grants })
    .expect(201)
  await office.post(`/api/users/${user.body.id}/activations`).send({}).expect(201)
  await app.request.post('/api/login-codes').send({ phone })
  await publish(app, eventId)
  for (let at = 0; at < 3; at++) await app.settled()
  return { kept: kept.id, merged: merged.id }
}

/** What is told about each of them, in the words of the table. */
async function subjectsOf(app: TestApp, personId: string): Promise<string[]> {
  const startsAt = (await app.db.read.select().from(shifts))[0]!.startsAt.toMillis()
  const places = (await app.db.read.select().from(assignments)).filter((place) => place.personId === personId)
  return places.flatMap(({ id, participationId }) => [
    `participation:${participationId}`,
    `assignment:${id}@${startsAt}`,
  ])
}

async function twoToldApart(app: TestApp) {
  const { kept, merged } = await twoTold(app)
  const [link] = await app.db.read.select().from(activations)
  const apart = Object.fromEntries([
    ...(await subjectsOf(app, kept)).map((subject) => [subject, kept]),
    ...(await subjectsOf(app, merged)).map((subject) => [subject, merged]),
    [`activation:${link!.id}`, merged],
  ])
  return { kept, merged, apart }
}

const ofAccountCodes = /^login-code:/

test('a message says whom it is about: a merge has it be the person that stays, its undo takes that back', async () => {
  await using app = await startApp({ unused: true })
  const { kept, merged, apart } = await twoToldApart(app)
  const told = await aboutWhom(app)
  const codes = Object.entries(told).filter(([subject]) => ofAccountCodes.test(subject))
  expect(codes.map(([, personId]) => personId)).toEqual([merged])
  expect(told).toEqual({ ...apart, ...Object.fromEntries(codes) })

  const { body } = await app
    .as('city_office')
    .post('/api/person-merges')
    .send({ keptId: kept, mergedId: merged })
    .expect(201)
  const joined = await aboutWhom(app)
  expect(new Set(Object.values(joined))).toEqual(new Set([kept]))
  const undone = await app.as('city_office').delete(`/api/person-merges/${body.id}`).expect(200)
  expect(undone.body.notRestored).toEqual([])
  expect(await aboutWhom(app)).toEqual(told)
})

/** The statements of the migrations that say of the messages so far whom they are about. */
function backfill(): string[] {
  const folder = resolve(import.meta.dirname, '../../../migrations', dialect)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('--> statement-breakpoint'))
    .map((statement) => statement.trim().replace(/;$/, ''))
    .filter((statement) => statement.startsWith('UPDATE message_subjects SET person_id'))
}

test('messages from before that was kept are found whom they are about, through merges', async () => {
  await using app = await startApp({ unused: true })
  const { kept, merged } = await twoTold(app)
  const told = await aboutWhom(app)
  const again = () =>
    app.db.transaction(async (tx) => {
      await tx.update(messageSubjects).set({ personId: null })
      for (const statement of backfill()) await rowsOf(tx, sql.raw(`${statement} RETURNING subject`))
    })
  await again()
  expect(await aboutWhom(app)).toEqual(told)
  await app.as('city_office').post('/api/person-merges').send({ keptId: kept, mergedId: merged }).expect(201)
  await again()
  expect(new Set(Object.values(await aboutWhom(app)))).toEqual(new Set([kept]))
})
