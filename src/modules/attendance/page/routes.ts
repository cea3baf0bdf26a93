import { readFileSync } from 'node:fs'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { DateTime } from 'luxon'
import Type, { type Static, type TSchema } from 'typebox'
import {
  answerByLink,
  type LinkedParticipation,
  notMe,
  participationOfLink,
  siblingTokens,
} from '#modules/mobilization/index.ts'
import { line, namesApart } from '#modules/organisation/index.ts'
import { maskName } from '#platform/crypto/index.ts'
import type { TransactionOptions, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { html } from '#platform/http/html.ts'
import { type Language, languageOf } from '#platform/http/language.ts'
import { sendPage } from '#platform/http/layout.ts'
import { Form, Id } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { checkInByLink } from '../check-in.ts'
import { checkOutByLink, undoCheckOut } from '../check-out.ts'
import { LinkParams, OperationId, Position } from '../contract.ts'
import { askLateEntry } from '../late/ask.ts'
import { openLink } from '../open-link.ts'
import { calendarFile } from './calendar-file.ts'
import { comingTo, linkPage } from './frame.ts'
import { linkStyle } from './style.ts'
import { pageWords, refusals, refusalUnknown } from './words.ts'

const script = readFileSync(new URL('./position.js', import.meta.url), 'utf8')

const operation = { operationId: OperationId, assignmentId: Id }
const AnswerForm = Form({
  ...operation,
  answer: Type.Union([Type.Literal('accepted'), Type.Literal('declined')]),
  schoolYear: Type.Optional(Type.Boolean()),
})
const CheckInForm = Form({ ...operation, ...Type.Partial(Position).properties })
const CheckOutForm = Form({ ...operation, early: Type.Optional(Type.Boolean()) })
const OperationForm = Form(operation)
const LateForm = Form({ ...operation, reason: line(200) })
const NotMeForm = Form({ operationId: OperationId })

/**
 * The page of a personal link. It works on a phone without JavaScript. GET changes nothing, because link previews and
 * scanners send GET, too. Each POST redirects back to the page, which shows the new state.
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
    config: { access: 'link' },
    schema: { params: LinkParams },
    handler: async (request, reply) => show(context, request, reply, request.params.token),
  })
  app.route({
    method: 'GET',
    url: '/c/:token/calendar.ics',
    config: { access: 'link' },
    schema: { params: LinkParams },
    handler: async (request, reply) => {
      const { now, config } = context
      const { link } = await openLink(context, request.params.token)
      const language = languageOf(request)
      const assignments = comingTo({ link, now: now() })
      return reply
        .type('text/calendar; charset=utf-8')
        .header('content-disposition', 'attachment; filename="muster.ics"')
        .send(calendarFile({ assignments, host: config.publicUrl.host, now: now(), language }))
    },
  })
  actions(app, context)
}

function actions(app: App, context: AppContext): void {
  const { db, keys, now } = context
  const statement = { isolation: 'statement' } as const
  onForm(app, context, 'answer', AnswerForm, async (tx, { token, assignmentId, answer, schoolYear, at }) => {
    const participationId = await participationOfLink(tx, keys, token)
    await answerByLink(tx, keys, { participationId, assignmentId, answer, schoolYear, at })
  })
  onForm(
    app,
    context,
    'check-in',
    CheckInForm,
    (tx, { latitude, longitude, accuracyM, ...asked }) => {
      const placed = latitude !== undefined && longitude !== undefined
      const position = placed ? { latitude, longitude, accuracyM } : undefined
      return checkInByLink(tx, keys, { ...asked, position })
    },
    statement,
  )
  onForm(app, context, 'check-out', CheckOutForm, (tx, asked) => checkOutByLink(tx, keys, asked), statement)
  onForm(
    app,
    context,
    'undo-check-out',
    OperationForm,
    (tx, asked) => undoCheckOut(tx, keys, asked),
    statement,
  )
  onForm(app, context, 'late-entry', LateForm, (tx, asked) => askLateEntry(tx, keys, asked))
  app.route({
    method: 'POST',
    url: '/c/:token/not-me',
    config: { access: 'link' },
    schema: { params: LinkParams, body: NotMeForm },
    handler: async (request, reply) => {
      const { token } = request.params
      const language = languageOf(request)
      try {
        await db.transaction(async (tx) => {
          const participationId = await participationOfLink(tx, keys, token)
          await notMe(tx, { participationId, at: now() })
        })
      } catch (error) {
        if (!isRevoked(error)) throw error
      }
      return ended(reply, pageWords[language].thanks)
    },
  })
}

/**
 * A form of the page: `work` is done in one transaction, with the fields of the form, the token and the time. Then it
 * redirects back to the page; a refusal is shown on the page.
 */
function onForm<Fields extends TSchema>(
  app: App,
  context: AppContext,
  action: string,
  fields: Fields,
  work: (tx: Writer, asked: Static<Fields> & { token: string; at: DateTime }) => Promise<unknown>,
  options?: TransactionOptions,
): void {
  const { db, now } = context
  app.route({
    method: 'POST',
    url: `/c/:token/${action}`,
    config: { access: 'link' },
    schema: { params: LinkParams, body: fields },
    handler: async (request, reply) => {
      const { token } = request.params
      const asked = { ...(request.body as Static<Fields> & object), token, at: now() }
      return act(context, request, reply, token, () => db.transaction((tx) => work(tx, asked), options))
    },
  })
}

/** Handles a form and redirects back to the page; a refusal is shown on the page. */
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
  context: AppContext,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  refusal?: string,
): Promise<FastifyReply> {
  const { now, config } = context
  const language = languageOf(request)
  try {
    const { link, around } = await openLink(context, token)
    const { name = link.event.organiser, phone, attendanceKeptYears: keptYears } = config.leadBody
    const handler = { name, phone, keptYears }
    const others = around.readByGuardian ? await siblingsOf(context, link) : []
    const nameOf = await namesOn({ db: context.db, language }, link, others)
    const called = nameOf(link)
    const siblings = others.map((each) => ({ ...each, called: nameOf(each.link) }))
    const page = linkPage({ token, called, language, now: now(), link, around, handler, refusal, siblings })
    return sendPage(reply, { language, ...page, style: linkStyle, scripts: ['/c/position.js'] })
  } catch (error) {
    if (isRevoked(error)) return ended(reply.status(410), pageWords[language].revoked)
    throw error
  }
}

/** The links of other children with the same guardian's number. */
async function siblingsOf(context: AppContext, link: LinkedParticipation) {
  const tokens = await siblingTokens(context.db.read, context.keys, link)
  return Promise.all(tokens.map(async (token) => ({ token, ...(await openLink(context, token)) })))
}

/** How the people on one page are called; only several of them have to be told apart. */
async function namesOn(
  { db, language }: { db: AppContext['db']; language: Language },
  link: LinkedParticipation,
  others: readonly { link: LinkedParticipation }[],
): Promise<(link: LinkedParticipation) => string> {
  if (others.length === 0) return ({ person }) => maskName(person.name)
  const called = await namesApart(
    db.read,
    [link, ...others.map((each) => each.link)].map(({ person }) => person.id),
  )
  return ({ person }) => called(person.id, person.name, language)
}

/** The page for an unknown or revoked link: what happened, and what the reader can do. */
function ended(reply: FastifyReply, { title, text }: { title: string; text: string }): FastifyReply {
  const { home } = pageWords[languageOf(reply.request)]
  return sendPage(reply, {
    title,
    body: html`<h1>${title}</h1><p class="card">${text}</p><p><a class="button" href="/">${home}</a></p>`,
    style: linkStyle,
  })
}

function isRevoked(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'link.revoked'
}

function raise(error: unknown): never {
  throw error
}
