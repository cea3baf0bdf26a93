import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { record } from '#platform/audit/index.ts'
import { DomainError } from '#platform/errors.ts'
import { created } from '#platform/http/created.ts'
import { pageOf } from '#platform/http/page.ts'
import { Id, Page, PageQuery, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { cookieName, cookieOptions } from './authenticate.ts'
import { bearerTokenOf } from './bearer.ts'
import {
  LoginCodeBody,
  MeView,
  PasswordChangeBody,
  SessionView,
  SignedInView,
  SignInBody,
} from './contract.ts'
import { browserOf, markedBrowser } from './known-browsers.ts'
import { requestLoginCode } from './login-codes.ts'
import { managedUser } from './manage.ts'
import { onPhone, permissionsIn } from './next.ts'
import { assertNotForeign } from './origin.ts'
import { presentSession } from './present.ts'
import { listSessions } from './queries.ts'
import { readMe } from './read-me.ts'
import { endSession, grantsOf, sessionById } from './session-rows.ts'
import { changePassword } from './set-password.ts'
import { type SignedIn, signIn, type Visitor } from './sign-in.ts'
import { signInByCode } from './sign-in-by-code.ts'

const tags = ['账号 · accounts']

/** Who sends a request, as far as it is known before sign-in: address, user agent and known browser. */
export function visitorOf(request: FastifyRequest, context: AppContext): Visitor {
  const browser = browserOf(request, context)
  return { address: request.ip, userAgent: request.headers['user-agent'], browser }
}

/**
 * Sets the session cookie. Where offices share computers it ends with the browser; on the phone of a leader or a liaison
 * it lasts as long as the session, because a phone closes its browser whenever it likes.
 */
export async function setSessionCookie(
  reply: FastifyReply,
  { config, db }: AppContext,
  session: SignedIn,
): Promise<void> {
  const { userId, reference, startedAt, expiresAt } = session
  const kept = onPhone(permissionsIn(await grantsOf(db.read, userId)))
  const lasts = kept ? { maxAge: Math.floor(expiresAt.diff(startedAt).as('seconds')) } : {}
  reply.setCookie(cookieName(config.publicUrl), reference, { ...cookieOptions(config.publicUrl), ...lasts })
}

/** Removes the session cookie from the browser. Does not end the session. */
export function clearSessionCookie(reply: FastifyReply, { config }: AppContext): void {
  reply.clearCookie(cookieName(config.publicUrl), cookieOptions(config.publicUrl))
}

/** Sign-in and sign-out, the user's own sessions and own password. */
export function sessionRoutes(app: App, context: AppContext): void {
  signInRoutes(app, context)
  ownRoutes(app, context)
}

function signInRoutes(app: App, context: AppContext): void {
  const { config } = context

  app.route({
    method: 'POST',
    url: '/api/sessions',
    config: { access: 'public' },
    schema: {
      operationId: 'signIn',
      tags,
      summary: '登录 · Sign in by password, or by a code sent to the phone',
      body: SignInBody,
      response: { 201: ref(SignedInView), ...problems },
    },
    handler: async (request, reply) => {
      assertNotForeign(request, config.publicUrl)
      const { kind = 'cookie' } = request.body
      const { browser, mark } = markedBrowser(request, context)
      const visitor = { ...visitorOf(request, context), ...(kind === 'cookie' ? { browser } : {}) }
      const session =
        'login' in request.body
          ? await signIn(context, { ...request.body, ...visitor, kind })
          : await signInByCode(context, { ...request.body, ...visitor, kind })
      if (kind === 'cookie') {
        await setSessionCookie(reply, context, session)
        mark(reply)
      }
      const { sessionId: id, userId, startedAt, expiresAt } = session
      const token =
        kind === 'bearer' ? bearerTokenOf(app, { id, userId, at: startedAt, expiresAt }) : undefined
      return created(reply, `/api/sessions/${id}`, {
        sessionId: id,
        userId,
        expiresAt: isoOf(expiresAt),
        token,
      })
    },
  })

  app.route({
    method: 'POST',
    url: '/api/login-codes',
    config: { access: 'public' },
    schema: {
      operationId: 'requestLoginCode',
      tags,
      summary:
        '发送登录验证码 · Send a sign-in code, if the phone belongs to somebody who may; the answer never tells. The code is good with the cookie that comes with it',
      body: ref(LoginCodeBody),
      response: { 202: Type.Object({}), ...problems },
    },
    handler: async (request, reply) => {
      assertNotForeign(request, config.publicUrl)
      const { browser, mark } = markedBrowser(request, context)
      await requestLoginCode(context, { phone: request.body.phone, address: request.ip, browser })
      mark(reply)
      return reply.status(202).send({})
    },
  })

  app.route({
    method: 'PUT',
    url: '/api/password',
    config: { access: 'public' },
    schema: {
      operationId: 'changePassword',
      tags,
      summary: '修改密码 · Change one’s own password, also one that has expired; all sessions end',
      body: ref(PasswordChangeBody),
      response: { 204: Type.Null(), ...problems },
    },
    handler: async (request, reply) => {
      assertNotForeign(request, config.publicUrl)
      const { address, browser } = visitorOf(request, context)
      await changePassword(context, { ...request.body, address, browser })
      clearSessionCookie(reply, context)
      return reply.status(204).send(null)
    },
  })
}

function ownRoutes(app: App, context: AppContext): void {
  const { db, now } = context

  app.route({
    method: 'GET',
    url: '/api/me',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'readMe',
      tags,
      summary: '当前用户 · Who is signed in, and what they may do',
      response: { 200: ref(MeView), ...problems },
    },
    handler: async ({ actor }) => readMe(context, actor),
  })

  app.route({
    method: 'GET',
    url: '/api/sessions',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'listSessions',
      tags,
      summary: '我的会话 · One’s own sessions, the newest first',
      querystring: PageQuery,
      response: { 200: Page(SessionView), ...problems },
    },
    handler: async ({ actor, query: { cursor, limit = 50 } }) => {
      const rows = await listSessions(db.read, actor.userId, { cursor, limit })
      const page = pageOf(rows, limit, (row) => [row.createdAt, row.id])
      return { ...page, items: page.items.map((row) => presentSession(row, actor.sessionId)) }
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/sessions/current',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'signOut',
      tags,
      summary: '退出 · Sign out',
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ actor }, reply) => {
      await db.transaction(async (tx) => {
        const at = now()
        await endSession(tx, actor.sessionId, 'signed_out', at)
        await record(tx, { action: 'session.ended', subject: `session:${actor.sessionId}`, by: actor, at })
      })
      clearSessionCookie(reply, context)
      return reply.status(204).send(null)
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/sessions/:sessionId',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'endSession',
      tags,
      summary: '结束会话 · End one of one’s own sessions, or one of a user one manages',
      params: Type.Object({ sessionId: Id }),
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ actor, params: { sessionId } }, reply) => {
      await db.transaction(async (tx) => {
        const at = now()
        const session = await sessionById(tx, sessionId)
        const missing = new DomainError('missing', 'session.missing', 'There is no such session.')
        if (!session) throw missing
        if (session.userId !== actor.userId) {
          // A caller who does not manage the user gets the same 404 as for a session that does not exist.
          await managedUser(tx, actor, session.userId).catch((error: unknown) => {
            throw error instanceof DomainError ? missing : error
          })
        }
        if (!(await endSession(tx, sessionId, 'ended', at))) return
        await record(tx, { action: 'session.ended', subject: `session:${sessionId}`, by: actor, at })
      })
      return reply.status(204).send(null)
    },
  })
}
