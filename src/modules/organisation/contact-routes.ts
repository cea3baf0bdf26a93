import Type from 'typebox'
import { reachOf } from '#platform/http/access.ts'
import { etagOf } from '#platform/http/etag.ts'
import { createOnce } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { instantFrom } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { addContact, markContactWithin, removeContact } from './change-contact.ts'
import {
  ConsentCreation,
  ConsentList,
  ConsentView,
  ContactAddition,
  ContactChange,
  PersonView,
} from './contract.ts'
import { readPerson } from './person-queries.ts'
import { eyesOf } from './person-routes.ts'
import { presentConsent } from './present.ts'
import { consentsOf, recordConsent, withdrawConsent } from './record-consent.ts'
import { assertPersonWithin } from './scope.ts'

const PersonId = Type.Object({ personId: Id })
const tags = ['人员 · persons']

/** Numbers and addresses of people. */
export function contactRoutes(app: App, context: AppContext): void {
  const { db, keys, now } = context
  app.route({
    method: 'POST',
    url: '/api/persons/:personId/contacts',
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'addContact',
      tags,
      summary: '添加联系方式，可与他人共用 · Add a number or address; several people may share one',
      params: PersonId,
      body: ContactAddition,
      response: { 201: ref(PersonView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, params, body } = request
      const person = await createOnce(db, request, async (tx) => {
        await addContact(tx, keys, { personId: params.personId, contact: body, by: actor, at: now() })
        return readPerson(eyesOf(context, tx), reachOf(actor, 'persons.edit'), params.personId)
      })
      return reply.status(201).header('etag', etagOf(person.version)).send(person)
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/persons/:personId/contacts/:contactId',
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'removeContact',
      tags,
      summary: '移除联系方式 · Take a number or address from somebody',
      params: Type.Object({ personId: Id, contactId: Id }),
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ actor, params }, reply) => {
      await db.transaction((tx) => removeContact(tx, { ...params, by: actor, at: now() }))
      return reply.status(204).send(null)
    },
  })

  app.route({
    method: 'PATCH',
    url: '/api/contacts/:contactId',
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'markContact',
      tags,
      summary:
        '标记号码失效或退订，对共用者同样生效 · Mark a number invalid or opted out, for all who share it',
      params: Type.Object({ contactId: Id }),
      body: ContactChange,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ actor, params, body }, reply) => {
      await db.transaction((tx) =>
        markContactWithin(tx, { contactId: params.contactId, marks: body, by: actor, at: now() }),
      )
      return reply.status(204).send(null)
    },
  })
}

/** Consents of guardians. */
export function consentRoutes(app: App, { db, now }: AppContext): void {
  const url = '/api/persons/:personId/guardian-consents'
  app.route({
    method: 'GET',
    url,
    config: { access: 'persons.read' },
    schema: {
      operationId: 'listConsents',
      tags,
      summary: '监护人同意记录 · Consents of guardians',
      params: PersonId,
      response: { 200: ConsentList, ...problems },
    },
    handler: async ({ actor, params }) => {
      await assertPersonWithin(db.read, reachOf(actor, 'persons.read'), params.personId)
      return { items: (await consentsOf(db.read, params.personId)).map(presentConsent) }
    },
  })

  app.route({
    method: 'POST',
    url,
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'recordConsent',
      tags,
      summary: '登记监护人同意 · Record that a guardian agreed',
      params: PersonId,
      body: ConsentCreation,
      response: { 201: ref(ConsentView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, params, body } = request
      const consent = await createOnce(db, request, async (tx) => {
        await assertPersonWithin(tx, reachOf(actor, 'persons.edit'), params.personId)
        const givenAt = body.givenAt === undefined ? now() : instantFrom(body.givenAt)
        const row = await recordConsent(tx, { ...params, ...body, givenAt }, { by: actor, at: now() })
        return presentConsent(row)
      })
      return reply.status(201).send(consent)
    },
  })

  app.route({
    method: 'PUT',
    url: `${url}/:consentId/withdrawal`,
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'withdrawConsent',
      tags,
      summary: '撤回监护人同意 · Withdraw a consent',
      params: Type.Object({ personId: Id, consentId: Id }),
      response: { 200: ref(ConsentView), ...problems },
    },
    handler: async ({ actor, params }) =>
      db.transaction(async (tx) => {
        await assertPersonWithin(tx, reachOf(actor, 'persons.edit'), params.personId)
        return presentConsent(await withdrawConsent(tx, { ...params, by: actor, at: now() }))
      }),
  })
}
