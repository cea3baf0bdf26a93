import Type from 'typebox'
import { type Html, html } from '#platform/http/html.ts'
import { languageOf } from '#platform/http/language.ts'
import { Form } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { openActivation } from '../invitations/activations.ts'
import { markedBrowser } from '../known-browsers.ts'
import { securityRules } from '../password-rules.ts'
import { presentActivation } from '../present.ts'
import { clearSessionCookie, visitorOf } from '../session-routes.ts'
import { changePassword, redeemActivation } from '../set-password.ts'
import { activationForm, deadLink, passwordForm } from './forms.ts'
import { explain, field, querystring, send, submit } from './page-answers.ts'
import { textsIn } from './page-texts.ts'

/** Setting a password with a one-time link. GET changes nothing. */
export function activationPages(app: App, context: AppContext): void {
  const { db, keys, now } = context
  const rules = securityRules[context.config.security.profile]
  const params = Type.Object({ token: field(80) })
  const open = async (token: string) => presentActivation(await openActivation(db.read, keys, token, now()))

  app.route({
    method: 'GET',
    url: '/a/:token',
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
        return send(reply.status(status), request, 'activate', deadLink(language, note))
      }
    },
  })

  app.route({
    method: 'POST',
    url: '/a/:token',
    config: { access: 'public' },
    schema: { hide: true, querystring, params, body: Form({ password: field(512), again: field(512) }) },
    handler: async (request, reply) => {
      const language = languageOf(request)
      const { password, again } = request.body
      const { token } = request.params
      const whose = await open(token).catch(() => undefined)
      const form = (said: Html) =>
        whose ? html`${said}${activationForm(language, whose, rules)}` : deadLink(language, said)
      if (password !== again) {
        const said = html`<p class="note bad" role="alert">${textsIn(language)('differ')}</p>`
        return send(reply.status(422), request, 'activate', form(said))
      }
      return submit(context, request, reply, {
        title: 'activate',
        form,
        act: async () => {
          const { browser, mark } = markedBrowser(request, context)
          await redeemActivation(context, { token, password, address: request.ip, browser })
          mark(reply)
          return reply.redirect('/sign-in?after=password', 303)
        },
      })
    },
  })
}

/** Changing one's own password, also an expired one. */
export function passwordPages(app: App, context: AppContext): void {
  const rules = securityRules[context.config.security.profile]

  app.route({
    method: 'GET',
    url: '/password',
    config: { access: 'public', unlimited: true },
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
      body: Form({ login: field(128), password: field(512), newPassword: field(512), again: field(512) }),
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
          const { address, browser } = visitorOf(request, context)
          await changePassword(context, { ...change, address, browser })
          clearSessionCookie(reply, context)
          return reply.redirect('/sign-in?after=password', 303)
        },
      })
    },
  })
}
