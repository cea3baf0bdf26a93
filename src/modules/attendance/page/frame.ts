import { keptAfterEventDays } from '#modules/organisation/index.ts'
import { type Html, html } from '#platform/http/html.ts'
import { newId } from '#platform/ids.ts'
import { card } from './card.ts'
import { type Page, pathOf, state, written } from './parts.ts'
import { guardianWords, type PageWords, pageWords } from './words.ts'

/** The page of a personal link: whose link it is, the assignments, and the buttons that are useful now. */
export function linkPage(page: Page): { title: string; body: Html } {
  const { language, link, called, refusal } = page
  const { event } = link
  const words = wordsFor(page)
  const cards = cardsOf(page)
  const nothing = !event.cancelledAt && html`<p class="card">${words.nothing}</p>`
  const body = html`<h1>${written(event.name, language)}</h1>
<p class="who">${words.hello(html`<span class="nobr">${written(called, language)}</span>`)}</p>
<p class="soft">${words.organiser}${written(event.organiser, language)}</p>
${refusal && state('bad', refusal)}
${event.cancelledAt && state('bad', words.eventCancelled(event.cancelReason))}
${cards.length > 0 ? cards : nothing}
${notMe(page, words)}
${(page.siblings ?? []).map((sibling) => child({ ...page, ...sibling }))}
${page.around.readByGuardian && html`<details><summary>${words.relative}</summary><p>${words.relativeText}</p></details>`}
${more(page, words)}
<details class="soft"><summary>${words.privacy}</summary><p>${words.privacyText(written(page.handler.name, language), page.handler)}</p>${page.around.readByGuardian && html`<p>${words.childKept(keptAfterEventDays)}</p>`}</details>`
  return { title: words.title, body }
}

/** A guardian gets different texts. */
function wordsFor({ language, around }: Page): PageWords {
  return around.readByGuardian ? { ...pageWords[language], ...guardianWords[language] } : pageWords[language]
}

function cardsOf(page: Page): Html[] {
  const words = wordsFor(page)
  return page.link.assignments.map((assignment) => card({ ...page, words, assignment }))
}

/** Another child with the same phone number; answered separately. */
function child(page: Page): Html {
  const { language, called } = page
  return html`<p class="child">${written(called, language)}</p>${cardsOf(page)}${notMe(page, wordsFor(page))}`
}

/** Links to the calendar file (while there are assignments to come) and to the page in the other language. */
function more(page: Page, words: PageWords): Html {
  const other = page.language === 'zh' ? 'en' : 'zh'
  const comes = comingTo(page).length > 0
  return html`<p class="more">${comes && html`<a href="${pathOf(page, 'calendar.ics')}">${words.calendar}</a>`}<a href="${pathOf(page, 'correction')}">${words.correct}</a><a href="${pathOf(page, 'data')}">${words.data}</a><a href="?lang=${other}" hreflang="${other}" lang="${other === 'zh' ? 'zh-CN' : 'en'}">${words.other}</a></p>`
}

/** The assignments that are still to come; these go into the calendar file. */
export function comingTo({ link, now }: Pick<Page, 'link' | 'now'>) {
  if (link.event.cancelledAt) return []
  return link.assignments.filter(
    ({ answer, excusedAt, cancelledAt, shift }) =>
      answer !== 'declined' && !excusedAt && !cancelledAt && !shift.cancelledAt && shift.endsAt > now,
  )
}

function notMe(page: Page, words: PageWords): Html {
  return html`<details><summary>${words.notMe}</summary><p>${words.notMeText}</p>
<form method="post" action="${pathOf(page, 'not-me')}"><input type="hidden" name="operationId" value="${newId()}"><button class="danger">${words.notMeButton}</button></form></details>`
}
