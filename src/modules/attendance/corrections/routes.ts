import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { childOf, linkRevoked, linkUnknown, participationByLink } from '#modules/mobilization/index.ts'
import {
  fileFromPerson,
  line,
  nullable,
  type OwnRequest,
  oneOf,
  ownCorrections,
  requestKinds,
  requestStates,
} from '#modules/organisation/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { html } from '#platform/http/html.ts'
import { languageOf } from '#platform/http/language.ts'
import { sendPage } from '#platform/http/layout.ts'
import { Body, Form, Id, Instant, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { LinkParams } from '../contract.ts'
import { openLink } from '../open-link.ts'
import { pathOf, state } from '../page/parts.ts'
import { linkStyle } from '../page/style.ts'
import { correctionWords, guardianCorrectionWords } from './words.ts'

const tags = ['个人链接 · personal links']
const asked = { name: Type.Optional(line(60)), phone: Type.Optional(Type.String({ maxLength: 30 })) }

export const OwnCorrections = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        id: Id,
        kind: oneOf(requestKinds),
        state: oneOf(requestStates),
        reason: nullable(Type.String({ description: 'Why it was not done' })),
        requestedAt: Instant,
        decidedAt: nullable(Instant),
      }),
    ),
  },
  { $id: 'OwnCorrections' },
)

/** 更正申请, behind a personal link: the name or the number is wrong. Whoever may identify the person decides. */
export function correctionRoutes(app: App, context: AppContext): void {
  const { db } = context
  app.route({
    method: 'GET',
    url: '/api/c/:token/corrections',
    config: { access: 'link' },
    schema: {
      operationId: 'listCorrectionsByPersonalLink',
      tags,
      summary: '本人的更正申请 · what was asked for behind this link, and what became of it',
      params: LinkParams,
      response: { 200: ref(OwnCorrections), ...problems },
    },
    handler: async ({ params }) => {
      const { person } = await linkOf(db.read, context, params.token)
      return presented(await ownCorrections(db.read, person.id))
    },
  })
  app.route({
    method: 'POST',
    url: '/api/c/:token/corrections',
    config: { access: 'link' },
    schema: {
      operationId: 'askCorrectionByPersonalLink',
      tags,
      summary:
        '姓名或手机号有误，申请更正 · the name or the number is wrong; whoever may decides, and it is told back',
      params: LinkParams,
      body: Body(asked),
      response: { 200: ref(OwnCorrections), ...problems },
    },
    handler: async ({ params, body }) =>
      db.transaction(async (tx) => presented(await ask(tx, context, params.token, body))),
  })
  pages(app, context)
}

function pages(app: App, context: AppContext): void {
  const { db } = context
  app.route({
    method: 'GET',
    url: '/c/:token/correction',
    config: { access: 'link' },
    schema: { params: LinkParams },
    handler: (request, reply) => show(context, request, reply, request.params.token),
  })
  app.route({
    method: 'POST',
    url: '/c/:token/correction',
    config: { access: 'link' },
    schema: {
      params: LinkParams,
      body: Form({
        name: Type.Optional(Type.String({ maxLength: 60 })),
        phone: Type.Optional(Type.String({ maxLength: 30 })),
      }),
    },
    handler: async (request, reply) => {
      const { token } = request.params
      const { name = '', phone = '' } = request.body
      const wanted = {
        ...(name.trim() && { name: name.trim() }),
        ...(phone.trim() && { phone: phone.trim() }),
      }
      try {
        await db.transaction((tx) => ask(tx, context, token, wanted))
      } catch (error) {
        const text =
          error instanceof DomainError && request.server.refusalTexts[error.code]?.[languageOf(request)]
        if (!text || !(error instanceof DomainError) || error.kind === 'missing' || error.kind === 'gone')
          throw error
        return show(context, request, reply.status(error.kind === 'conflict' ? 409 : 422), token, text)
      }
      return reply.redirect(`/c/${encodeURIComponent(token)}/correction?lang=${languageOf(request)}`, 303)
    },
  })
}

async function linkOf(db: Reader, { keys }: Pick<AppContext, 'keys'>, token: string) {
  const link = await participationByLink(db, keys, token)
  if (!link) throw linkUnknown()
  if (link.revokedAt) throw linkRevoked()
  return link
}

async function ask(
  tx: Writer,
  context: Pick<AppContext, 'keys' | 'now'>,
  token: string,
  wanted: { name?: string; phone?: string },
): Promise<OwnRequest[]> {
  const { person, participationId } = await linkOf(tx, context, token)
  const relation = (await childOf(tx, participationId)) ? ('guardian' as const) : ('own' as const)
  const correction = { personId: person.id, link: participationId, ...wanted, relation, at: context.now() }
  await fileFromPerson(tx, context.keys, correction)
  return ownCorrections(tx, person.id)
}

function presented(requests: readonly OwnRequest[]) {
  return {
    items: requests.map(({ requestedAt, decidedAt, ...request }) => ({
      ...request,
      requestedAt: isoOf(requestedAt),
      decidedAt: decidedAt && isoOf(decidedAt),
    })),
  }
}

async function show(
  context: AppContext,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  refusal?: string,
): Promise<FastifyReply> {
  const language = languageOf(request)
  const { person } = await linkOf(context.db.read, context, token)
  const { readByGuardian } = (await openLink(context, token)).around
  const words = { ...correctionWords[language], ...(readByGuardian ? guardianCorrectionWords[language] : {}) }
  const made = await ownCorrections(context.db.read, person.id)
  const zh = language === 'zh'
  const lines = made.map(({ kind, state: of, reason }) => {
    const what = kind === 'change' ? words.kindName : words.kindPhone
    const why = reason ? (zh ? `（${reason}）` : ` (${reason})`) : ''
    const look = of === 'refused' ? 'bad' : of === 'approved' ? 'good' : 'plain'
    return state(look, `${what}${zh ? '：' : ': '}${requestStates[of][language]}${why}`)
  })
  const field = (name: 'name' | 'phone', type: string) =>
    html`<form method="post" action="${pathOf({ token, language }, 'correction')}"><label>${words[name]} <input name="${name}" type="${type}" maxlength="60" required autocomplete="off"></label> <button>${words.send}</button></form>`
  const body = html`<h1>${words.title}</h1>${refusal && state('bad', refusal)}<p>${words.text}</p>${field('name', 'text')}${field('phone', 'tel')}${lines}<p class="more"><a href="/c/${encodeURIComponent(token)}?lang=${language}">${words.back}</a></p>`
  return sendPage(reply, { language, title: words.title, body, style: linkStyle })
}
