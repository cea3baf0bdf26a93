import { eq } from 'drizzle-orm'
import Type from 'typebox'
import { contacts } from '#modules/organisation/schema.ts'
import { DomainError } from '#platform/errors.ts'
import { html } from '#platform/http/html.ts'
import { languageOf } from '#platform/http/language.ts'
import { sendPage } from '#platform/http/layout.ts'
import { Form, Id } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { MessagingContext } from './context.ts'
import { honourWish } from './opt-out.ts'
import { provesUnsubscribe } from './unsubscribe.ts'

const words = {
  zh: {
    title: '退订邮件',
    ask: '退订后，本平台不再向您的邮箱发送通知。',
    button: '确认退订',
    done: '已退订，今后不再向您的邮箱发送通知。',
  },
  en: {
    title: 'Unsubscribe',
    ask: 'We will then send no more notices to your address.',
    button: 'Unsubscribe',
    done: 'You are unsubscribed: we send no more notices to your address.',
  },
} as const

/** The form field that mail programs send; the form of the page sends no field. */
const OneClick = Form({ 'List-Unsubscribe': Type.Optional(Type.String({ maxLength: 40 })) })
const params = Type.Object({ contactId: Id, token: Type.String({ maxLength: 200 }) })

/** GET shows a page that asks; only POST unsubscribes: the button of the page or of the mail program (RFC 8058). */
export function unsubscribePages(app: App, { db, keys, now }: MessagingContext): void {
  const url = '/unsubscribe/:contactId/:token'
  const assertProof = ({ contactId, token }: { contactId: string; token: string }) => {
    if (provesUnsubscribe(keys, contactId, token)) return
    throw new DomainError('missing', 'link.unknown', 'This link is not known.')
  }
  app.route({
    method: 'GET',
    url,
    config: { access: 'link' },
    schema: { params },
    handler: async (request, reply) => {
      assertProof(request.params)
      const language = languageOf(request)
      const { title, ask, button } = words[language]
      const body = html`<h1>${title}</h1><p>${ask}</p><form method="post"><button class="primary" type="submit">${button}</button></form>`
      return sendPage(reply, { language, title, body })
    },
  })
  app.route({
    method: 'POST',
    url,
    config: { access: 'link' },
    schema: { params, body: OneClick },
    handler: async (request, reply) => {
      assertProof(request.params)
      const { contactId } = request.params
      await db.transaction(async (tx) => {
        const [known] = await tx.select({ id: contacts.id }).from(contacts).where(eq(contacts.id, contactId))
        if (known) await honourWish(tx, { contactId, wish: 'opt_out', via: 'mail', at: now() })
      })
      const language = languageOf(request)
      const { title, done } = words[language]
      return sendPage(reply, {
        language,
        title,
        body: html`<h1>${title}</h1><p class="note good" role="status">${done}</p>`,
      })
    },
  })
}
