import Type from 'typebox'
import { reachOf } from '#platform/http/access.ts'
import { created } from '#platform/http/created.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { instantFrom } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { ConsentCreation, ConsentList, ConsentView } from '../consents/contract.ts'
import { consentsOf, recordConsent, withdrawConsent } from '../consents/record-consent.ts'
import { PersonView } from '../contract.ts'
import { guardLookups } from '../lookups/guard-lookups.ts'
import { statedNumbers, triesOnPerson } from '../lookups/number-tries.ts'
import { assertIdentifiable, type Permits, reachPerson } from '../permits/permits.ts'
import { readPerson } from '../person-queries.ts'
import { personReadingOf } from '../person-routes.ts'
import { presentConsent } from '../present.ts'
import { addContact, markContactWithin, removeContact } from './change-contact.ts'
import { ContactAddition, ContactChange } from './contract.ts'

const PersonId = Type.Object({ personId: Id })
const tags = ['人员 · persons']

/** Numbers and addresses of people. */
export function contactRoutes(app: App, context: AppContext, permits: Permits): void {
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
      headers: OnceKey,
      body: ContactAddition,
      response: { 201: ref(PersonView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, params, body } = request
      const { personId } = params
      const reach = reachOf(actor, 'persons.edit')
      const tried = statedNumbers({ contacts: [body] })
      const receipt = await guardLookups(context, {
        ...{ by: actor, permission: 'persons.edit', via: 'contact' },
        tries: (tx) => triesOnPerson(tx, keys, { reach, personId, tried }),
      })
      const person = await createOnce(db, request, async (tx) => {
        const permit = await assertIdentifiable(tx, permits, reach, personId)
        await addContact(tx, keys, { personId, permit, contact: body, by: actor, at: now(), receipt })
        return readPerson(personReadingOf(context, tx), reach, personId)
      })
      return created(reply, `/api/persons/${person.id}`, person)
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
      await db.transaction(async (tx) => {
        const reach = reachOf(actor, 'persons.edit')
        const permit = await assertIdentifiable(tx, permits, reach, params.personId)
        await removeContact(tx, { ...params, permit, by: actor, at: now() })
      })
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
        '标记号码失效或退订：能管理全部共用者的，对号码生效；否则只对所管理的人员生效 · Mark a number invalid or opted out: for the number by whoever reaches all who share it, else for those within reach',
      params: Type.Object({ contactId: Id }),
      body: ContactChange,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ actor, params, body }, reply) => {
      await db.transaction((tx) =>
        markContactWithin(tx, {
          contactId: params.contactId,
          reach: reachOf(actor, 'persons.edit'),
          marks: body,
          by: actor,
          at: now(),
        }),
      )
      return reply.status(204).send(null)
    },
  })
}

/** What guardians said. */
export function consentRoutes(app: App, { db, keys, now }: AppContext): void {
  const url = '/api/persons/:personId/guardian-consents'
  app.route({
    method: 'GET',
    url,
    config: { access: 'persons.read' },
    schema: {
      operationId: 'listConsents',
      tags,
      summary: '监护人意见 · What guardians said',
      params: PersonId,
      response: { 200: ConsentList, ...problems },
    },
    handler: async ({ actor, params }) => {
      await reachPerson(db.read, reachOf(actor, 'persons.read'), params.personId)
      return { items: (await consentsOf(db.read, params.personId)).map((row) => presentConsent(keys, row)) }
    },
  })

  app.route({
    method: 'POST',
    url,
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'recordConsent',
      tags,
      summary: '登记监护人同意或不同意 · Record what a guardian said',
      params: PersonId,
      headers: OnceKey,
      body: ConsentCreation,
      response: { 201: ref(ConsentView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, params, body } = request
      const consent = await createOnce(db, request, async (tx) => {
        await reachPerson(tx, reachOf(actor, 'persons.edit'), params.personId)
        const givenAt = body.givenAt === undefined ? now() : instantFrom(body.givenAt)
        const said = { ...params, ...body, says: body.says ?? 'yes', givenAt }
        const row = await recordConsent(tx, keys, said, { by: actor, at: now() })
        return presentConsent(keys, row)
      })
      return created(reply, `/api/persons/${params.personId}/guardian-consents`, consent)
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
        await reachPerson(tx, reachOf(actor, 'persons.edit'), params.personId)
        return presentConsent(keys, await withdrawConsent(tx, { ...params, by: actor, at: now() }))
      }),
  })
}
