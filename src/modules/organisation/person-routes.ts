import Type from 'typebox'
import { reachOf } from '#platform/http/access.ts'
import { etagOf, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { changePerson, createPerson } from './change-person.ts'
import {
  LookUp,
  PersonChange,
  PersonCreation,
  PersonPage,
  PersonQuery,
  PersonView,
  Revelation,
  RevelationRequest,
} from './contract.ts'
import { type Eyes, listPersons, lookUpPersons, readPerson } from './person-queries.ts'
import { revealPerson } from './reveal-person.ts'
import { todayIn } from './today.ts'

const PersonId = Type.Object({ personId: Id })
const tags = ['人员 · persons']

export function personRoutes(app: App, context: AppContext): void {
  readingRoutes(app, context)
  editingRoutes(app, context)
  revealingRoutes(app, context)
}

/** How this process looks at people: with its keys, and today's date where the service is at home. */
export function eyesOf({ keys, now, config }: AppContext, db: Eyes['db']): Eyes {
  return { db, keys, today: todayIn(config.timeZone, now()) }
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
    handler: async ({ actor, query }) =>
      listPersons(eyesOf(context, db.read), reachOf(actor, 'persons.read'), query),
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
    handler: async ({ actor, body }) => ({
      items: await lookUpPersons(eyesOf(context, db.read), reachOf(actor, 'persons.read'), body.number),
    }),
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
    handler: async ({ actor, params }, reply) => {
      const eyes = eyesOf(context, db.read)
      const person = await readPerson(eyes, reachOf(actor, 'persons.read'), params.personId)
      return reply.header('etag', etagOf(person.version)).send(person)
    },
  })
}

function editingRoutes(app: App, context: AppContext): void {
  const { db, keys, now } = context
  app.route({
    method: 'POST',
    url: '/api/persons',
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'createPerson',
      tags,
      summary: '登记人员 · Enter a person by hand',
      body: PersonCreation,
      response: { 201: ref(PersonView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor } = request
      const { evenIfKnown = false, ...input } = request.body
      const person = await createOnce(db, request, async (tx) => {
        const stated = { ...withoutNulls(input), name: input.name }
        const personId = await createPerson(tx, keys, stated, { evenIfKnown, by: actor, at: now() })
        return readPerson(eyesOf(context, tx), reachOf(actor, 'persons.edit'), personId)
      })
      return reply.status(201).header('etag', etagOf(person.version)).send(person)
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
      body: PersonChange,
      response: { 200: ref(PersonView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, params, body } = request
      const version = requireIfMatch(request)
      const person = await db.transaction(async (tx) => {
        await changePerson(tx, keys, { ...params, version, changes: body, by: actor, at: now() })
        return readPerson(eyesOf(context, tx), reachOf(actor, 'persons.edit'), params.personId)
      })
      return reply.header('etag', etagOf(person.version)).send(person)
    },
  })
}

function revealingRoutes(app: App, context: AppContext): void {
  const { db, keys, now, config } = context
  app.route({
    method: 'POST',
    url: '/api/persons/:personId/revelations',
    config: { access: 'persons.reveal' },
    schema: {
      operationId: 'revealPerson',
      tags,
      summary:
        '查看完整号码，记入审计；未成年人须说明理由 · Full numbers, audited; for a minor with a reason',
      params: PersonId,
      body: RevelationRequest,
      response: { 200: ref(Revelation), ...problems },
    },
    handler: async ({ actor, params, body }, reply) => {
      const today = todayIn(config.timeZone, now())
      const { reason } = body
      const revealed = await db.transaction((tx) =>
        revealPerson(tx, keys, { personId: params.personId, reason, today, by: actor, at: now() }),
      )
      return reply.header('cache-control', 'no-store').send(revealed)
    },
  })
}

type WithoutNulls<T> = { [K in keyof T]?: Exclude<T[K], null> }

/** A new person: what is null is simply not known. */
function withoutNulls<T extends object>(input: T): WithoutNulls<T> {
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => [key, value ?? undefined]),
  ) as WithoutNulls<T>
}
