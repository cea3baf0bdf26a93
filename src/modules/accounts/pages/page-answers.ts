import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { DomainError } from '#platform/errors.ts'
import { type Html, html } from '#platform/http/html.ts'
import { type Language, languageOf } from '#platform/http/language.ts'
import { sendPage } from '#platform/http/layout.ts'
import { statusOf } from '#platform/http/problem.ts'
import type { AppContext } from '#src/context.ts'
import { assertNotForeign } from '../origin.ts'
import { passwordProblemWords } from '../words.ts'
import { failureText, type TextKey, textsIn } from './page-texts.ts'

/** A text field of a form. */
export const field = (maxLength: number) => Type.String({ maxLength })

/** `?lang=` keeps the language across forms. */
export const querystring = Type.Object({
  lang: Type.Optional(Type.Unsafe<Language>({ type: 'string', enum: ['zh', 'en'] })),
})

/**
 * The default policy `no-referrer` makes browsers send `Origin: null` with a form; this one keeps the origin for our
 * own pages.
 */
const sameOrigin = html`<meta name="referrer" content="same-origin">`

/** Sends a page of this slice. */
export function send(reply: FastifyReply, request: FastifyRequest, title: TextKey, body: Html): FastifyReply {
  const language = languageOf(request)
  return sendPage(reply.header('referrer-policy', 'same-origin'), {
    language,
    title: textsIn(language)(title),
    head: sameOrigin,
    body,
  })
}

/** The status and message for an error this form can explain; any other error goes to the general error page. */
export function explain(error: unknown, language: Language, byCode = false): { status: number; note: Html } {
  if (!(error instanceof DomainError)) throw error
  const problems = error.details.problems as (keyof typeof passwordProblemWords)[] | undefined
  const lines = problems?.map((problem) => passwordProblemWords[problem][language]) ?? [
    failureText(error.code, language, byCode),
  ]
  if (lines[0] === undefined) throw error
  return {
    status: statusOf[error.kind],
    note: html`<div class="note bad" role="alert">${lines.map((line) => html`<p>${line}</p>`)}</div>`,
  }
}

interface Submitted {
  title: TextKey
  /** The form again, below the message. */
  form: (note: Html) => Html
  act: () => Promise<FastifyReply>
  /** A code was entered instead of a password. */
  byCode?: boolean
}

/** Runs the action of a form; if it fails with an error the form can explain, shows the form again with the message. */
export async function submit(
  context: AppContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { title, form, act, byCode }: Submitted,
): Promise<FastifyReply> {
  try {
    assertNotForeign(request, context.config.publicUrl)
    return await act()
  } catch (error) {
    const { status, note } = explain(error, languageOf(request), byCode)
    return send(reply.status(status), request, title, form(note))
  }
}

/** A hint above a form. */
export function note(text: string): Html {
  return html`<p class="note good" role="status">${text}</p>`
}
