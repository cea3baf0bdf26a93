import { readFileSync } from 'node:fs'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { answerInvitation, participationOfLink, revokeLink } from '#modules/mobilization/index.ts'
import { DomainError } from '#platform/errors.ts'
import { html } from '#platform/http/html.ts'
import { languageOf } from '#platform/http/language.ts'
import { sendPage } from '#platform/http/layout.ts'
import { Body, Id } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { checkInByLink } from './check-in.ts'
import { checkOutByLink } from './check-out.ts'
import { LinkParams, OperationId, Position } from './contract.ts'
import { linkPage, linkStyle } from './link-page.ts'
import { openLink } from './open-link.ts'
import { pageWords, refusals, refusalUnknown } from './page-words.ts'

const script = readFileSync(new URL('./browser/position.js', import.meta.url), 'utf8')

const operation = { operationId: OperationId, assignmentId: Id }
const AnswerForm = Body({
  ...operation,
  answer: Type.Union([Type.Literal('accepted'), Type.Literal('declined')]),
})
const CheckInForm = Body({ ...operation, ...Type.Partial(Position).properties })
const CheckOutForm = Body(operation)
const NotMeForm = Body({ operationId: OperationId })

/** What a browser sends without a script; the handler sees it by the type of the schema. */
function asForm<T extends Type.TSchema>(schema: T): T {
  return { content: { 'application/x-www-form-urlencoded': { schema } } } as unknown as T
}

/**
 * The page behind a personal link: a phone, no script needed. GET changes nothing, for previews and scanners
 * fetch links, too; each POST ends in a redirect back to the page, which shows what is now.
 */
export function linkPages(app: App, context: AppContext): void {
  app.route({
    method: 'GET',
    url: '/c/position.js',
    config: { access: 'public', unlimited: true },
    handler: async (_, reply) =>
      reply
        .type('text/javascript; charset=utf-8')
        .header('cache-control', 'public, max-age=3600')
        .send(script),
  })
  app.route({
    method: 'GET',
    url: '/c/:token',
    config: { access: 'volunteer' },
    schema: { params: LinkParams },
    handler: async (request, reply) => show(context, request, reply, request.params.token),
  })
  actions(app, context)
  attendanceActions(app, context)
}

function actions(app: App, context: AppContext): void {
  const { db, keys, now } = context
  app.route({
    method: 'POST',
    url: '/c/:token/answer',
    config: { access: 'volunteer' },
    schema: { params: LinkParams, body: asForm(AnswerForm) },
    handler: async (request, reply) => {
      const { token } = request.params
      const { assignmentId, answer } = request.body
      return act(context, request, reply, token, () =>
        db.transaction(async (tx) => {
          const participationId = await participationOfLink(tx, keys, token)
          await answerInvitation(tx, { participationId, assignmentId, answer, via: 'link', at: now() })
        }),
      )
    },
  })
  app.route({
    method: 'POST',
    url: '/c/:token/not-me',
    config: { access: 'volunteer' },
    schema: { params: LinkParams, body: asForm(NotMeForm) },
    handler: async (request, reply) => {
      const { token } = request.params
      const language = languageOf(request)
      try {
        await db.transaction(async (tx) => {
          const participationId = await participationOfLink(tx, keys, token)
          await revokeLink(tx, { participationId, because: 'not_me', at: now() })
        })
      } catch (error) {
        if (!isRevoked(error)) throw error
      }
      return ended(reply, pageWords[language].thanks)
    },
  })
}

function attendanceActions(app: App, context: AppContext): void {
  const { db, keys, now } = context
  app.route({
    method: 'POST',
    url: '/c/:token/check-in',
    config: { access: 'volunteer' },
    schema: { params: LinkParams, body: asForm(CheckInForm) },
    handler: async (request, reply) => {
      const { token } = request.params
      const { assignmentId, operationId, latitude, longitude, accuracyM } = request.body
      const position =
        latitude === undefined || longitude === undefined ? undefined : { latitude, longitude, accuracyM }
      const asked = { token, assignmentId, operationId, position, at: now() }
      return act(context, request, reply, token, () =>
        db.transaction((tx) => checkInByLink(tx, keys, asked), { isolation: 'statement' }),
      )
    },
  })
  app.route({
    method: 'POST',
    url: '/c/:token/check-out',
    config: { access: 'volunteer' },
    schema: { params: LinkParams, body: asForm(CheckOutForm) },
    handler: async (request, reply) => {
      const { token } = request.params
      return act(context, request, reply, token, () =>
        db.transaction((tx) => checkOutByLink(tx, keys, { token, ...request.body, at: now() }), {
          isolation: 'statement',
        }),
      )
    },
  })
}

/** Does what a form asks and goes back to the page; a refusal is said on the page itself. */
async function act(
  context: AppContext,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  work: () => Promise<unknown>,
): Promise<FastifyReply> {
  try {
    await work()
  } catch (error) {
    const code = error instanceof DomainError ? error.code : ''
    const explained = code in refusals || (error instanceof DomainError && error.kind === 'conflict')
    if (!explained)
      return isRevoked(error)
        ? ended(reply.status(410), pageWords[languageOf(request)].revoked)
        : raise(error)
    const refusal = (refusals[code] ?? refusalUnknown)[languageOf(request)]
    return show(context, request, reply.status(409), token, refusal)
  }
  return reply.redirect(`/c/${encodeURIComponent(token)}?lang=${languageOf(request)}`, 303)
}

async function show(
  { db, keys, now }: AppContext,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  refusal?: string,
): Promise<FastifyReply> {
  const language = languageOf(request)
  try {
    const { link, around } = await openLink(db.read, keys, token)
    const page = linkPage({ token, language, now: now(), link, around, refusal })
    return sendPage(reply, { language, ...page, style: linkStyle, scripts: ['/c/position.js'] })
  } catch (error) {
    if (isRevoked(error)) return ended(reply.status(410), pageWords[language].revoked)
    throw error
  }
}

function ended(reply: FastifyReply, { title, text }: { title: string; text: string }): FastifyReply {
  return sendPage(reply, {
    title,
    body: html`<h1>${title}</h1><p class="card">${text}</p>`,
    style: linkStyle,
  })
}

function isRevoked(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'link.revoked'
}

function raise(error: unknown): never {
  throw error
}
