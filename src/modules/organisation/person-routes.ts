import Type from 'typebox'
import { record } from '#platform/audit/index.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { created } from '#platform/http/created.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { changePerson, createPerson, isNonIdentifying } from './change-person.ts'
import {
  LookUp,
  PersonChange,
  PersonCount,
  PersonCreation,
  PersonFilterQuery,
  PersonPage,
  PersonQuery,
  PersonView,
  Revelation,
} from './contract.ts'
import { guardLookups, type LookUpReceipt } from './lookups/guard-lookups.ts'
import { guardRevelations } from './lookups/guard-revelations.ts'
import {
  entryTries,
  lookUpTries,
  readLastFour,
  revelationTry,
  statedNumbers,
  triesOnPerson,
  tryOn,
} from './lookups/number-tries.ts'
import { seesNumbers } from './lookups/spend-lookups.ts'
import type { MinorsPolicy } from './minors-policy.ts'
import { assertIdentifiable, type Permits, reachPerson } from './permits/permits.ts'
import type { PersonReading } from './person-conditions.ts'
import { countPersons, listPersons, lookUpPersons, readPerson } from './person-queries.ts'
import { revealPeople } from './reveal-person.ts'

const PersonId = Type.Object({ personId: Id })
const tags = ['人员 · persons']

/** Registers the routes of people: reading, looking up, editing, revealing. */
export function personRoutes(
  app: App,
  context: AppContext,
  { permits, minors }: { permits: Permits; minors: MinorsPolicy },
): void {
  readingRoutes(app, context)
  editingRoutes(app, context, permits)
  revealingRoutes(app, context, minors)
}

/** The keys and today's date in the time zone of the service, for reading people. */
export function personReadingOf({ keys, now, config }: AppContext, db: PersonReading['db']): PersonReading {
  return { db, keys, today: dayIn(now(), config.timeZone) }
}

/** Searching by the last four digits of a phone is a try at guessing a number, so it is counted. */
export async function countLastFour(
  context: AppContext,
  by: Actor,
  typed: string | undefined,
): Promise<LookUpReceipt | undefined> {
  const value = readLastFour(typed)
  if (value === undefined) return undefined
  const tries = async () => [tryOn(context.keys, { kind: 'last_four', value }, [])]
  return guardLookups(context, { by, permission: 'persons.read', via: 'last_four', tries })
}

function readingRoutes(app: App, context: AppContext): void {
  const { db } = context
  app.route({
    method: 'GET',
    url: '/api/persons',
    config: { access: 'persons.read' },
    schema: {
      operationId: 'listPersons',
      tags,
      summary: '查询人员，号码已遮盖 · People by pinyin, numbers masked',
      querystring: PersonQuery,
      response: { 200: PersonPage, ...problems },
    },
    handler: async ({ actor, query }) => {
      const receipt = await countLastFour(context, actor, query.search)
      return listPersons(personReadingOf(context, db.read), reachOf(actor, 'persons.read'), query, receipt)
    },
  })

  app.route({
    method: 'GET',
    url: '/api/person-count',
    config: { access: 'persons.read' },
    schema: {
      operationId: 'countPersons',
      tags,
      summary: '符合条件的人数 · How many people fit a filter, up to 10,000',
      querystring: PersonFilterQuery,
      response: { 200: PersonCount, ...problems },
    },
    handler: async ({ actor, query }) => {
      const receipt = await countLastFour(context, actor, query.search)
      return countPersons(personReadingOf(context, db.read), reachOf(actor, 'persons.read'), query, receipt)
    },
  })

  app.route({
    method: 'POST',
    url: '/api/person-look-ups',
    config: { access: 'persons.read' },
    schema: {
      operationId: 'lookUpPersons',
      tags,
      summary: '按完整号码查人 · People by a full number, which never stands in an address',
      body: LookUp,
      response: { 200: Type.Object({ items: Type.Array(ref(PersonView)) }), ...problems },
    },
    handler: async ({ actor, body }) => {
      const reach = reachOf(actor, 'persons.read')
      const asked = { reach, typed: body.number, seesNumbers: seesNumbers(actor) }
      const receipt = await guardLookups(context, {
        ...{ by: actor, permission: 'persons.read', via: 'look_up' },
        tries: (tx) => lookUpTries(tx, context.keys, asked),
      })
      const items = await lookUpPersons(personReadingOf(context, db.read), reach, body.number, receipt)
      const subject = items.length === 1 ? `person:${items[0]?.id}` : `user:${actor.userId}`
      const details = { filter: 'full number', found: items.length }
      const fact = { action: 'persons.looked_up', subject, by: actor, at: context.now(), details }
      await db.transaction((tx) => record(tx, fact))
      return { items }
    },
  })

  app.route({
    method: 'GET',
    url: '/api/persons/:personId',
    config: { access: 'persons.read' },
    schema: {
      operationId: 'readPerson',
      tags,
      summary: '人员详情 · A person',
      params: PersonId,
      response: { 200: ref(PersonView), ...problems },
    },
    handler: async ({ actor, params }) => {
      const reading = personReadingOf(context, db.read)
      const person = await readPerson(reading, reachOf(actor, 'persons.read'), params.personId)
      return person
    },
  })
}

function editingRoutes(app: App, context: AppContext, permits: Permits): void {
  const { db, keys, now } = context
  app.route({
    method: 'POST',
    url: '/api/persons',
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'createPerson',
      tags,
      summary: '登记人员 · Enter a person by hand',
      headers: OnceKey,
      body: PersonCreation,
      response: { 201: ref(PersonView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor } = request
      const { evenIfKnown = false, ...input } = request.body
      const stated = { ...withoutNulls(input), name: input.name }
      const receipt = await guardLookups(context, {
        ...{ by: actor, permission: 'persons.edit', via: 'entry', states: statedNumbers(stated) },
        tries: (tx) => entryTries(tx, keys, stated),
      })
      const person = await createOnce(db, request, async (tx) => {
        const personId = await createPerson(tx, keys, stated, { evenIfKnown, by: actor, at: now(), receipt })
        return readPerson(personReadingOf(context, tx), reachOf(actor, 'persons.edit'), personId)
      })
      return created(reply, `/api/persons/${person.id}`, person)
    },
  })

  app.route({
    method: 'PATCH',
    url: '/api/persons/:personId',
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'changePerson',
      tags,
      summary: '修改人员 · Change a person',
      params: PersonId,
      headers: IfMatch,
      body: PersonChange,
      response: { 200: ref(PersonView), ...problems },
    },
    handler: async (request) => {
      const { actor, params, body } = request
      const version = requireIfMatch(request)
      const tried = statedNumbers({ identityNumber: body.identityNumber ?? undefined })
      const reach = reachOf(actor, 'persons.edit')
      const { personId } = params
      const on = { reach, personId, tried }
      const receipt = await guardLookups(context, {
        ...{ by: actor, permission: 'persons.edit', via: 'correction', states: tried },
        tries: (tx) => triesOnPerson(tx, keys, on),
      })
      const person = await db.transaction(async (tx) => {
        const permitted = isNonIdentifying(body)
          ? { permit: await reachPerson(tx, reach, personId), changes: body }
          : { permit: await assertIdentifiable(tx, permits, reach, personId), changes: body }
        await changePerson(tx, keys, { personId, version, ...permitted, by: actor, at: now(), receipt })
        return readPerson(personReadingOf(context, tx), reach, personId)
      })
      return person
    },
  })
}

function revealingRoutes(app: App, context: AppContext, minors: MinorsPolicy): void {
  const { db, keys, now, config } = context
  app.route({
    method: 'POST',
    url: '/api/persons/:personId/revelations',
    config: { access: 'persons.reveal' },
    schema: {
      operationId: 'revealPerson',
      tags,
      summary:
        '查看完整号码，记入审计；未成年人须先经他人批准 · Full numbers, audited; of a minor under an approval',
      params: PersonId,
      response: { 200: ref(Revelation), ...problems },
    },
    handler: async ({ actor, params: { personId } }, reply) => {
      const today = dayIn(now(), config.timeZone)
      const reach = reachOf(actor, 'persons.reveal')
      // Before anything is counted: whoever is out of reach costs nothing, and nothing is written.
      await reachPerson(db.read, reach, personId)
      await guardLookups(context, {
        ...{ by: actor, permission: 'persons.reveal', via: 'revelation' },
        tries: (tx) => revelationTry(tx, reach, personId),
      })
      const receipt = await guardRevelations(context, minors.appointers, {
        ...{ by: actor, kind: 'revelation', reach },
        about: async () => [personId],
      })
      const asked = { personIds: [personId], today, by: actor, at: now(), receipt }
      const [revealed] = await db.transaction((tx) => revealPeople(tx, keys, minors, asked))
      return reply.send(revealed!)
    },
  })
}

type WithoutNulls<T> = { [K in keyof T]?: Exclude<T[K], null> }

/** Drops null fields: in a new person null means unknown. */
function withoutNulls<T extends object>(input: T): WithoutNulls<T> {
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => [key, value ?? undefined]),
  ) as WithoutNulls<T>
}
