/** Types and elements shared by all parts of the volunteer's page. */
import type { DateTime } from 'luxon'
import type { LinkedAssignment, LinkedParticipation } from '#modules/mobilization/index.ts'
import { type Html, html } from '#platform/http/html.ts'
import type { Language } from '#platform/http/language.ts'
import { newId } from '#platform/ids.ts'
import type { Surroundings } from '../present.ts'
import type { DataHandler, PageWords } from './words.ts'

export interface Page {
  token: string
  /** The person’s name as their own number may read it. */
  called: string
  language: Language
  now: DateTime
  link: LinkedParticipation
  around: Surroundings
  handler: DataHandler
  /** Why the last request was refused. */
  refusal?: string
  /** Other children of the event whose links the same guardian reads. */
  siblings?: readonly Pick<Page, 'token' | 'called' | 'link' | 'around'>[]
}

/** One assignment on the page. */
export interface Card extends Page {
  assignment: LinkedAssignment
  words: PageWords
}

/** A message with its own icon, because colour alone is not accessible. */
export function state(
  kind: 'good' | 'warn' | 'bad' | 'plain',
  ...texts: (string | Html | false | null)[]
): Html {
  const mark = { good: '✓', warn: '!', bad: '✕', plain: 'i' }[kind]
  const lines = texts.filter(Boolean).map((text) => html`<p>${text}</p>`)
  return html`<div class="state ${kind}" role="status"><b aria-hidden="true">${mark}</b><div>${lines}</div></div>`
}

/** Text that was written in Chinese. On an English page it is marked as Chinese for screen readers. */
export function written(text: string, language: Language): Html | string {
  return language === 'en' && /\p{Script=Han}/u.test(text) ? html`<span lang="zh-CN">${text}</span>` : text
}

/** The path of a form or a link of the page. */
export function pathOf({ token, language }: Pick<Page, 'token' | 'language'>, action: string): string {
  return `/c/${encodeURIComponent(token)}/${action}?lang=${language}`
}

/** A form for one assignment. It carries an operation id, so submitting it twice has one effect. */
export function form(card: Card, action: string, inside: Html, locating?: string): Html {
  return html`<form method="post" action="${pathOf(card, action)}"${locating && html` data-locating="${locating}"`}><input type="hidden" name="operationId" value="${newId()}"><input type="hidden" name="assignmentId" value="${card.assignment.id}">${inside}</form>`
}
