import Type from 'typebox'
import { namesShown } from '#modules/organisation/index.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { Performance, performAct, previewAct } from '#platform/previews/index.ts'
import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { askAgain } from './ask-again.ts'
import { AskAgainPreview, AskAgainSpec } from './contract.ts'

const tags = ['动员 · mobilization']
const params = Type.Object({ eventId: Id })
const sampleMax = 20

/** 再次询问: routes to see who would be asked again, and to ask them. */
export function askingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/events/:eventId/further-asks/preview',
    config: { access: 'messages.send' },
    schema: {
      operationId: 'previewFurtherAsk',
      tags,
      summary: '预览再次询问 · who of those that did not answer would be asked again; changes nothing',
      params,
      body: AskAgainSpec,
      response: { 200: ref(AskAgainPreview), ...problems },
    },
    handler: async ({ params: { eventId }, body, actor: by }) => {
      const asked = { subject: `event:${eventId}`, spec: { ...body, eventId }, by, at: now() }
      const { token, expiresAt, people, requests, ...counts } = await previewAct(db, askAgain, asked)
      const some = people.slice(0, sampleMax)
      const nameOf = await namesShown(
        db.read,
        by,
        some.map(({ participation }) => participation.personId),
      )
      return {
        ...{ token, expiresAt: isoOf(expiresAt), people: people.length, messages: requests.length },
        ...{ unreachable: counts.unreachable, lately: counts.lately },
        sample: some.map(({ participation: { id, personId }, personName }) => ({
          id,
          name: nameOf(personId, personName),
        })),
      }
    },
  })
  app.route({
    method: 'POST',
    url: '/api/events/:eventId/further-asks',
    config: { access: 'messages.send' },
    schema: {
      operationId: 'askFurther',
      tags,
      summary: '再次询问未答复的人 · ask again exactly those who were previewed (token)',
      params,
      body: ref(Performance),
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ params: { eventId }, body: { token }, actor: by }, reply) => {
      await db.transaction((tx) =>
        performAct(tx, askAgain, { subject: `event:${eventId}`, token, by, at: now() }),
      )
      return reply.status(204).send(null)
    },
  })
}
