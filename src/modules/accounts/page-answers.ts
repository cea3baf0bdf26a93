import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { DomainError } from '#platform/errors.ts'
import { type Html, html } from '#platform/http/html.ts'
import { type Language, languageOf } from '#platform/http/language.ts'
import { sendPage } from '#platform/http/layout.ts'
import { statusOf } from '#platform/http/problem.ts'
import type { AppContext } from '#src/context.ts'
import { refuseSurelyForeign } from './origin.ts'
import { failureText, type TextKey, textsIn } from './page-texts.ts'
import { passwordProblemWords } from './words.ts'

/** A field of a form. */
export const field = (maxLength: number) => Type.String({ maxLength })

/** `?lang=` keeps the language through a form. */
export const querystring = Type.Object({
  lang: Type.Optional(Type.Unsafe<Language>({ type: 'string', enum: ['zh', 'en'] })),
})

/** Where a form's answers would show under a referrer policy that also hides where forms come from. */
const sameOrigin = html`<meta name="referrer" content="same-origin">`

/** Answers with a page of this slice. */
export function send(reply: FastifyReply, request: FastifyRequest, title: TextKey, body: Html): FastifyReply {
  const language = languageOf(request)
  return sendPage(reply.header('referrer-policy', 'same-origin'), {
    language,
    title: textsIn(language)(title),
    head: sameOrigin,
    body,
  })
}

/** What a form shows above it after an error it can explain; everything else goes to the common error page. */
export function explain(error: unknown, language: Language): { status: number; note: Html } {
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
export async function submit(
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

/** Something good to know, above a form. */
export function note(text: string): Html {
  return html`<p class="note good" role="status">${text}</p>`
}
