import Type from 'typebox'
import { record } from '#platform/audit/index.ts'
import { html } from '#platform/http/html.ts'
import { languageOf } from '#platform/http/language.ts'
import { Body } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { codeForm, codeRequestForm, signedInCard, signInForm } from './forms.ts'
import { requestLoginCode } from './login-codes.ts'
import { field, note, querystring, send, submit } from './page-answers.ts'
import { textsIn } from './page-texts.ts'
import { clearSessionCookie, setSessionCookie, visitorOf } from './session-routes.ts'
import { endSession } from './session-rows.ts'
import { signIn } from './sign-in.ts'
import { signInByCode } from './sign-in-by-code.ts'

/** By login and password, and out again. */
export function signInPages(app: App, context: AppContext): void {
  const { db, now } = context

  app.route({
    method: 'GET',
    url: '/sign-in',
    config: { access: 'public' },
    schema: {
      hide: true,
      querystring: Type.Object({ ...querystring.properties, after: Type.Optional(field(20)) }),
    },
    handler: async (request, reply) => {
      const language = languageOf(request)
      const t = textsIn(language)
      const said = { password: t('passwordSet'), 'sign-out': t('signedOut') }[request.query.after ?? '']
      const body = request.signedIn ? signedInCard(language, request.signedIn.name) : signInForm(language, {})
      return send(reply, request, 'signIn', html`${said && note(said)}${body}`)
    },
  })

  app.route({
    method: 'POST',
    url: '/sign-in',
    config: { access: 'public' },
    schema: { hide: true, querystring, body: Body({ login: field(128), password: field(512) }) },
    handler: (request, reply) => {
      const { login, password } = request.body
      return submit(context, request, reply, {
        title: 'signIn',
        form: (said) => html`${said}${signInForm(languageOf(request), { login })}`,
        act: async () => {
          const session = await signIn(context, { login, password, kind: 'cookie', ...visitorOf(request) })
          setSessionCookie(reply, context, session)
          return reply.redirect('/', 303)
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

/** By a code sent to the phone, in two steps on one address. */
export function codePages(app: App, context: AppContext): void {
  app.route({
    method: 'GET',
    url: '/sign-in/code',
    config: { access: 'public' },
    schema: { hide: true, querystring },
    handler: async (request, reply) =>
      send(reply, request, 'signIn', codeRequestForm(languageOf(request), {})),
  })

  app.route({
    method: 'POST',
    url: '/sign-in/code',
    config: { access: 'public' },
    schema: { hide: true, querystring, body: Body({ phone: field(60), code: Type.Optional(field(20)) }) },
    handler: (request, reply) => {
      const { phone, code } = request.body
      const language = languageOf(request)
      const t = textsIn(language)
      return submit(context, request, reply, {
        title: 'signIn',
        form: (said) =>
          html`${said}${code === undefined ? codeRequestForm(language, { phone }) : codeForm(language, { phone })}`,
        act: async () => {
          if (code === undefined) {
            await requestLoginCode(context, { phone, address: request.ip })
            return send(
              reply,
              request,
              'signIn',
              html`${note(t('codeSent'))}${codeForm(language, { phone })}`,
            )
          }
          const session = await signInByCode(context, { phone, code, kind: 'cookie', ...visitorOf(request) })
          setSessionCookie(reply, context, session)
          return reply.redirect('/', 303)
        },
      })
    },
  })
}
