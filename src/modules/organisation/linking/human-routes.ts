import { and, asc, eq, isNotNull, ne } from 'drizzle-orm'
import Type from 'typebox'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { PersonView } from '../contract.ts'
import { type Permits, reachPerson } from '../permits/permits.ts'
import type { PersonReading } from '../person-conditions.ts'
import { presentAll } from '../person-queries.ts'
import { personReadingOf } from '../person-routes.ts'
import { personsWithin } from '../reach-conditions.ts'
import { persons } from '../schema.ts'
import { permitToLink, sayOneHuman } from './say-one-human.ts'

const tags = ['同一人的多条记录 · records of one human']
const params = Type.Object({ personId: Id })
const pair = Type.Object({ personId: Id, otherPersonId: Id })

/** The other records of the same human that the reader reaches. */
export const OtherRecords = Type.Object({ items: Type.Array(ref(PersonView)) }, { $id: 'OtherRecords' })

/** Registers the routes about the records of one human. Of a record out of reach nothing is told. */
export function humanRoutes(app: App, context: AppContext, permits: Permits): void {
  const { db, keys, now } = context
  const say =
    (same: boolean) => (request: { actor: Actor; params: { personId: string; otherPersonId: string } }) =>
      db.transaction(async (tx) => {
        const { actor: by, params: both } = request
        const permit = await permitToLink(
          tx,
          permits,
          reachOf(by, 'persons.edit'),
          both.personId,
          both.otherPersonId,
        )
        await sayOneHuman(tx, keys, { ...both, same, permit, by, at: now() })
        return otherRecords(personReadingOf(context, tx), by, both.personId)
      })

  app.route({
    method: 'GET',
    url: '/api/persons/:personId/other-records',
    config: { access: 'persons.read' },
    schema: {
      operationId: 'listOtherRecords',
      tags,
      summary: '同一人在您管辖范围内的其他记录 · Other records of the same human, within reach',
      params,
      response: { 200: ref(OtherRecords), ...problems },
    },
    handler: async ({ actor, params: { personId } }) => {
      await reachPerson(db.read, reachOf(actor, 'persons.read'), personId)
      return otherRecords(personReadingOf(context, db.read), actor, personId)
    },
  })

  app.route({
    method: 'PUT',
    url: '/api/persons/:personId/other-records/:otherPersonId',
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'joinRecords',
      tags,
      summary: '确认为同一人（记录各自保留） · Say that two records are one human; both stay',
      params: pair,
      response: { 200: ref(OtherRecords), ...problems },
    },
    handler: say(true),
  })

  app.route({
    method: 'DELETE',
    url: '/api/persons/:personId/other-records/:otherPersonId',
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'separateRecords',
      tags,
      summary: '确认不是同一人 · Say that two records are two humans',
      params: pair,
      response: { 200: ref(OtherRecords), ...problems },
    },
    handler: say(false),
  })
}

async function otherRecords(reading: PersonReading, actor: Actor, personId: string) {
  const { db } = reading
  const reach = reachOf(actor, 'persons.read')
  const human = db
    .select({ id: persons.humanId })
    .from(persons)
    .where(and(eq(persons.id, personId), isNotNull(persons.humanId)))
  const rows = await db
    .select()
    .from(persons)
    .where(and(eq(persons.humanId, human), ne(persons.id, personId), personsWithin(db, reach)))
    .orderBy(asc(persons.id))
  return { items: await presentAll(reading, reach, rows) }
}
