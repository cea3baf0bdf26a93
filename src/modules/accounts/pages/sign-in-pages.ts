import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import { record } from '#platform/audit/index.ts'
import type { Actor } from '#platform/http/access.ts'
import { type Html, html } from '#platform/http/html.ts'
import { type Language, languageOf } from '#platform/http/language.ts'
import { Form } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { markedBrowser } from '../known-browsers.ts'
import { requestLoginCode } from '../login-codes.ts'
import { accountPage, landingOf, nextPath, permissionsIn } from '../next.ts'
import { clearSessionCookie, setSessionCookie, visitorOf } from '../session-routes.ts'
import { endSession, grantsOf } from '../session-rows.ts'
import { signIn } from '../sign-in.ts'
import { signInByCode } from '../sign-in-by-code.ts'
import { codeForm, codeRequestForm, signedInCard, signInForm } from './forms.ts'
import { querystring as common, field, note, send, submit } from './page-answers.ts'
import { textsIn } from './page-texts.ts'

/** `next`: the page to open after sign-in; ignored unless it is a path of this service. */
const querystring = Type.Object({ ...common.properties, next: Type.Optional(field(2000)) })

/** Redirects a user who has just signed in. */
async function goOn({ db }: AppContext, reply: FastifyReply, userId: string, next: string | undefined) {
  const grants = await grantsOf(db.read, userId)
  return reply.redirect(nextPath(next) ?? landingOf(permissionsIn(grants)), 303)
}

/** Shown to a user who is signed in already. */
function signedIn(language: Language, { name, grants }: Actor): Html {
  const landing = landingOf(permissionsIn(grants))
  return signedInCard(language, { name, landing: landing === accountPage ? undefined : landing })
}

/** Sign-in by login and password, and sign-out. */
export function signInPages(app: App, context: AppContext): void {
  const { db, now } = context

  app.route({
    method: 'GET',
    url: '/sign-in',
    config: { access: 'public', unlimited: true },
    schema: {
      hide: true,
      querystring: Type.Object({ ...querystring.properties, after: Type.Optional(field(20)) }),
    },
    handler: async (request, reply) => {
      const language = languageOf(request)
      const t = textsIn(language)
      const next = nextPath(request.query.next)
      if (request.signedIn && next) return reply.redirect(next, 303)
      const said = { password: t('passwordSet'), 'sign-out': t('signedOut') }[request.query.after ?? '']
      const body = request.signedIn ? signedIn(language, request.signedIn) : signInForm(language, { next })
      return send(reply, request, 'signIn', html`${said && note(said)}${body}`)
    },
  })

  app.route({
    method: 'POST',
    url: '/sign-in',
    config: { access: 'public' },
    schema: { hide: true, querystring, body: Form({ login: field(128), password: field(512) }) },
    handler: (request, reply) => {
      const { login, password } = request.body
      const next = nextPath(request.query.next)
      return submit(context, request, reply, {
        title: 'signIn',
        form: (said) => html`${said}${signInForm(languageOf(request), { login, next })}`,
        act: async () => {
          const { browser, mark } = markedBrowser(request, context)
          const visitor = { ...visitorOf(request, context), browser }
          const session = await signIn(context, { login, password, kind: 'cookie', ...visitor })
          await setSessionCookie(reply, context, session)
          mark(reply)
          return goOn(context, reply, session.userId, next)
        },
      })
    },
  })

  app.route({
    method: 'POST',
    url: '/sign-out',
    config: { access: 'public' },
    schema: { hide: true, querystring },
    handler: async (request, reply) => {
      const actor = request.signedIn
      if (actor) {
        await db.transaction(async (tx) => {
          const at = now()
          await endSession(tx, actor.sessionId, 'signed_out', at)
          await record(tx, { action: 'session.ended', subject: `session:${actor.sessionId}`, by: actor, at })
        })
        clearSessionCookie(reply, context)
      }
      return reply.redirect('/sign-in?after=sign-out', 303)
    },
  })
}

/** Sign-in by a code sent to the phone: two steps on one URL. */
export function codePages(app: App, context: AppContext): void {
  app.route({
    method: 'GET',
    url: '/sign-in/code',
    config: { access: 'public', unlimited: true },
    schema: { hide: true, querystring },
    handler: async (request, reply) =>
      send(
        reply,
        request,
        'signIn',
        codeRequestForm(languageOf(request), { next: nextPath(request.query.next) }),
      ),
  })

  app.route({
    method: 'POST',
    url: '/sign-in/code',
    config: { access: 'public' },
    schema: { hide: true, querystring, body: Form({ phone: field(60), code: Type.Optional(field(20)) }) },
    handler: (request, reply) => {
      const { phone, code } = request.body
      const language = languageOf(request)
      const t = textsIn(language)
      const next = nextPath(request.query.next)
      return submit(context, request, reply, {
        title: 'signIn',
        byCode: true,
        form: (said) =>
          html`${said}${code === undefined ? codeRequestForm(language, { phone, next }) : codeForm(language, { phone, next })}`,
        act: async () => {
          if (code === undefined) {
            const { browser, mark } = markedBrowser(request, context)
            await requestLoginCode(context, { phone, address: request.ip, browser })
            mark(reply)
            return send(
              reply,
              request,
              'signIn',
              html`${note(t('codeSent'))}${codeForm(language, { phone, next })}`,
            )
          }
          const visitor = visitorOf(request, context)
          const session = await signInByCode(context, { phone, code, kind: 'cookie', ...visitor })
          await setSessionCookie(reply, context, session)
          return goOn(context, reply, session.userId, next)
        },
      })
    },
  })
}
