import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { record } from '#platform/audit/index.ts'
import { DomainError } from '#platform/errors.ts'
import { type Html, html } from '#platform/http/html.ts'
import { type Language, languageOf } from '#platform/http/language.ts'
import { sendPage } from '#platform/http/layout.ts'
import { statusOf } from '#platform/http/problem.ts'
import { Body } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { openActivation } from './activations.ts'
import { activationForm, codeForm, codeRequestForm, passwordForm, signedInCard, signInForm } from './forms.ts'
import { requestLoginCode, signInByCode } from './login-codes.ts'
import { refuseSurelyForeign } from './origin.ts'
import { failureText, type TextKey, textsIn } from './page-texts.ts'
import { securityRules } from './password-rules.ts'
import { presentActivation } from './present.ts'
import { clearSessionCookie, setSessionCookie, visitorOf } from './session-routes.ts'
import { endSession } from './session-rows.ts'
import { changePassword, redeemActivation } from './set-password.ts'
import { signIn } from './sign-in.ts'
import { passwordProblemWords } from './words.ts'

const field = (maxLength: number) => Type.String({ maxLength })
/** `?lang=` keeps the language through a form. */
const querystring = Type.Object({
  lang: Type.Optional(Type.Unsafe<Language>({ type: 'string', enum: ['zh', 'en'] })),
})

/** Signing in, one-time links and passwords for people in a browser; no script needed. */
export function accountsPages(app: App, context: AppContext): void {
  signInPages(app, context)
  codePages(app, context)
  activationPages(app, context)
  passwordPages(app, context)
}

/** Where a form's answers would show under a referrer policy that also hides where forms come from. */
const sameOrigin = html`<meta name="referrer" content="same-origin">`

function send(reply: FastifyReply, request: FastifyRequest, title: TextKey, body: Html): FastifyReply {
  const language = languageOf(request)
  return sendPage(reply.header('referrer-policy', 'same-origin'), {
    language,
    title: textsIn(language)(title),
    head: sameOrigin,
    body,
  })
}

/** What a form shows above it after an error it can explain; everything else goes to the common error page. */
function explain(error: unknown, language: Language): { status: number; note: Html } {
  if (!(error instanceof DomainError)) throw error
  const problems = error.details.problems as (keyof typeof passwordProblemWords)[] | undefined
  const lines = problems?.map((problem) => passwordProblemWords[problem][language]) ?? [
    failureText(error.code, language),
  ]
  if (lines[0] === undefined) throw error
  return {
    status: statusOf[error.kind],
    note: html`<div class="note bad" role="alert">${lines.map((line) => html`<p>${line}</p>`)}</div>`,
  }
}

/** Does what a form asks for; answers with the form again, saying what was wrong, when it cannot. */
async function submit(
  context: AppContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { title, form, act }: { title: TextKey; form: (note: Html) => Html; act: () => Promise<FastifyReply> },
): Promise<FastifyReply> {
  try {
    refuseSurelyForeign(request, context.config.publicUrl)
    return await act()
  } catch (error) {
    const { status, note } = explain(error, languageOf(request))
    return send(reply.status(status), request, title, form(note))
  }
}

function note(text: string): Html {
  return html`<p class="note good" role="status">${text}</p>`
}

function signInPages(app: App, context: AppContext): void {
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

function codePages(app: App, context: AppContext): void {
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

function activationPages(app: App, context: AppContext): void {
  const { db, keys, now } = context
  const rules = securityRules[context.config.security.profile]
  const params = Type.Object({ token: field(80) })
  const open = async (token: string) => presentActivation(await openActivation(db.read, keys, token, now()))

  app.route({
    method: 'GET',
    url: '/activate/:token',
    config: { access: 'public' },
    schema: { hide: true, querystring, params },
    handler: async (request, reply) => {
      const language = languageOf(request)
      try {
        return await send(
          reply,
          request,
          'activate',
          activationForm(language, await open(request.params.token), rules),
        )
      } catch (error) {
        const { status, note } = explain(error, language)
        return send(reply.status(status), request, 'activate', note)
      }
    },
  })

  app.route({
    method: 'POST',
    url: '/activate/:token',
    config: { access: 'public' },
    schema: { hide: true, querystring, params, body: Body({ password: field(512), again: field(512) }) },
    handler: async (request, reply) => {
      const language = languageOf(request)
      const { password, again } = request.body
      const { token } = request.params
      const whose = await open(token).catch(() => undefined)
      const form = (said: Html) => html`${said}${whose && activationForm(language, whose, rules)}`
      if (password !== again) {
        const said = html`<p class="note bad" role="alert">${textsIn(language)('differ')}</p>`
        return send(reply.status(422), request, 'activate', form(said))
      }
      return submit(context, request, reply, {
        title: 'activate',
        form,
        act: async () => {
          await redeemActivation(context, { token, password, address: request.ip })
          return reply.redirect('/sign-in?after=password', 303)
        },
      })
    },
  })
}

function passwordPages(app: App, context: AppContext): void {
  const rules = securityRules[context.config.security.profile]

  app.route({
    method: 'GET',
    url: '/password',
    config: { access: 'public' },
    schema: { hide: true, querystring },
    handler: async (request, reply) =>
      send(reply, request, 'changePassword', passwordForm(languageOf(request), {}, rules)),
  })

  app.route({
    method: 'POST',
    url: '/password',
    config: { access: 'public' },
    schema: {
      hide: true,
      querystring,
      body: Body({ login: field(128), password: field(512), newPassword: field(512), again: field(512) }),
    },
    handler: async (request, reply) => {
      const language = languageOf(request)
      const { again, ...change } = request.body
      const form = (said: Html) => html`${said}${passwordForm(language, change, rules)}`
      if (change.newPassword !== again) {
        const said = html`<p class="note bad" role="alert">${textsIn(language)('differ')}</p>`
        return send(reply.status(422), request, 'changePassword', form(said))
      }
      return submit(context, request, reply, {
        title: 'changePassword',
        form,
        act: async () => {
          await changePassword(context, { ...change, address: request.ip })
          clearSessionCookie(reply, context)
          return reply.redirect('/sign-in?after=password', 303)
        },
      })
    },
  })
}
