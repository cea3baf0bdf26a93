import type { DateTime } from 'luxon'
import type { LinkedAssignment, LinkedParticipation } from '#modules/mobilization/index.ts'
import { maskName } from '#platform/crypto/index.ts'
import { type Html, html } from '#platform/http/html.ts'
import type { Language } from '#platform/http/language.ts'
import { newId } from '#platform/ids.ts'
import { type PageWords, pageWords } from './page-words.ts'
import type { Surroundings } from './present.ts'
import { isOpen, opensBeforeMin } from './rules.ts'
import type { Attendance } from './statements.ts'

/** More rules than the common ones. */
export const linkStyle = `
.who{margin:0;color:var(--soft)}.state{display:flex;gap:.6rem;align-items:baseline;border-left:4px solid var(--soft);padding:.55rem .8rem;margin:.9rem 0;background:var(--ground);border-radius:0 8px 8px 0}
.state b{flex:none;width:1.2em;text-align:center}.state.good{border-color:var(--green)}.state.good b{color:var(--green)}.state.warn{border-color:var(--amber)}.state.warn b{color:var(--amber)}.state.bad{border-color:var(--red)}.state.bad b{color:var(--red)}.state p{margin:0}.state p+p{margin-top:.2rem}
.when{font-size:1.2rem;font-weight:600;margin:.1rem 0 .6rem}.pair{display:grid;grid-template-columns:1fr 1fr;gap:.6rem}.pair form{display:flex}
.risk{border:1px solid var(--amber);border-radius:8px;padding:.5rem .8rem;margin:.8rem 0}.risk strong{color:var(--amber)}
details{margin:.6rem 0}summary{cursor:pointer;color:var(--link);padding:.6rem 0;min-height:44px}form{margin:0}
.fact{align-items:baseline}.tel{display:inline-block;min-height:44px;padding:.45rem .9rem;border:1px solid currentColor;border-radius:22px;font-variant-numeric:tabular-nums;white-space:nowrap;text-decoration:none}
`.trim()

interface Page {
  token: string
  language: Language
  now: DateTime
  link: LinkedParticipation
  around: Surroundings
  /** Why what was just asked could not be done. */
  refusal?: string
}

interface Card extends Page {
  assignment: LinkedAssignment
  words: PageWords
}

/** The page behind a personal link: whose it is, where to be when, and the buttons that make sense now. */
export function linkPage(page: Page): { title: string; body: Html } {
  const { language, link, refusal } = page
  const words = pageWords[language]
  const cards = link.assignments.map((assignment) => card({ ...page, words, assignment }))
  const body = html`<h1>${link.event.name}</h1>
<p class="who">${words.hello}${words.whose(maskName(link.person.name))}</p>
${refusal && state('bad', refusal)}
${link.event.cancelledAt && state('bad', words.eventCancelled)}
${cards.length > 0 ? cards : !link.event.cancelledAt && html`<p class="card">${words.nothing}</p>`}
${notMe(page, words)}
<details class="soft"><summary>${words.privacy}</summary><p>${words.privacyText}</p></details>`
  return { title: words.title, body }
}

/** A message with a mark of its own, so that colour is never alone. */
function state(kind: 'good' | 'warn' | 'bad' | 'plain', ...texts: (string | false | null)[]): Html {
  const mark = { good: '✓', warn: '!', bad: '✕', plain: 'i' }[kind]
  const lines = texts.filter(Boolean).map((text) => html`<p>${text as string}</p>`)
  return html`<div class="state ${kind}" role="status"><b aria-hidden="true">${mark}</b><div>${lines}</div></div>`
}

function card(parts: Card): Html {
  const { assignment, words, language, link, around } = parts
  const { shift, zone } = assignment
  const inCharge = shift.inCharge ?? shift.deputy
  const phone = inCharge && around.phones.get(inCharge.id)
  const fact = (name: string, value: string | Html | null) => value && html`<dt>${name}</dt><dd>${value}</dd>`
  const contact =
    inCharge &&
    html`${inCharge.name}${phone && html` <a class="tel" href="tel:${phone}" title="${words.call} ${inCharge.name}">☎ ${phone.replace(/^\+86/, '')}</a>`}`
  return html`<section class="card" id="a-${assignment.id}"><h2>${shift.task}</h2>
<p class="when">${period(shift, link.event.timeZone, language)}</p>
<dl class="fact">${fact(words.place, zone.name)}${fact(words.meeting, shift.meetingPoint)}${fact(words.tools, shift.tools)}${fact(words.contact, contact)}</dl>
${shift.risks && html`<p class="risk"><strong>${words.risks}</strong> ${shift.risks}</p>`}
${!shift.recordable && html`<p class="soft">${words.notRecorded}</p>`}
${link.event.cancelledAt ? null : stateAndButtons(parts)}</section>`
}

function stateAndButtons(parts: Card): Html {
  const { assignment, words, around } = parts
  const attendance = around.attendances.get(assignment.id)
  if (attendance?.checkInAt) return attended(parts, attendance, attendance.checkInAt)
  if (assignment.shift.cancelledAt) return state('bad', words.shiftCancelled)
  if (assignment.excusedAt) return state('plain', words.excused)
  if (assignment.answer === 'declined') {
    return html`${state('plain', words.declined)}
<details><summary>${words.changedMind}</summary>${answerForm(parts, 'accepted', words.acceptAfterAll, '')}</details>`
  }
  return assignment.answer === 'accepted' ? expected(parts) : invited(parts)
}

/** Not answered yet: nobody is pressed, and who simply comes can check in. */
function invited(parts: Card): Html {
  const { words, assignment, now } = parts
  return html`${state('warn', words.unanswered)}${isOpen(assignment.shift, now) && checkInForm(parts)}
<div class="pair">${answerForm(parts, 'accepted', words.accept, isOpen(assignment.shift, now) ? '' : 'primary')}${answerForm(parts, 'declined', words.decline, '')}</div>
<p class="soft">${words.declineSoft}</p>`
}

function expected(parts: Card): Html {
  const { words, assignment, now, link } = parts
  const open = isOpen(assignment.shift, now)
  const opensAt = timeIn(
    assignment.shift.startsAt.minus({ minutes: opensBeforeMin }),
    link.event.timeZone,
    true,
  )
  return html`${state('good', open ? words.accepted : words.acceptedFrom(opensAt))}${open && checkInForm(parts)}
<details><summary>${words.changedMind}</summary>${answerForm(parts, 'declined', words.declineAfterAll, '')}<p class="soft">${words.declineSoft}</p></details>`
}

function attended(parts: Card, attendance: Attendance, checkInAt: DateTime): Html {
  const { words, link } = parts
  const zone = link.event.timeZone
  if (attendance.checkOutAt) {
    return state(
      'good',
      `${words.checkedIn(timeIn(checkInAt, zone))} · ${words.checkedOut(timeIn(attendance.checkOutAt, zone))}`,
      words.minutes(attendance.minutes ?? 0),
    )
  }
  const thanks = { early: words.early, on_time: words.onTime, late: words.late }[attendance.timing]
  const kind = attendance.timing === 'late' ? 'warn' : 'good'
  return html`${state(kind, words.checkedIn(timeIn(checkInAt, zone)), thanks)}
${form(parts, 'check-out', html`<button class="primary">${words.checkOut}</button>`)}`
}

function checkInForm(parts: Card): Html {
  const { words, language } = parts
  return form(
    parts,
    'check-in',
    html`<button class="primary">${words.checkIn}</button><p class="soft">${words.checkInSoft}</p>`,
    language === 'zh' ? '正在定位…' : 'Locating…',
  )
}

function answerForm(parts: Card, answer: 'accepted' | 'declined', text: string, style: string): Html {
  return form(
    parts,
    'answer',
    html`<input type="hidden" name="answer" value="${answer}"><button class="${style}">${text}</button>`,
  )
}

/** Every form names its operation, so that sending it twice does it once. */
function form({ token, assignment, language }: Card, action: string, inside: Html, locating?: string): Html {
  return html`<form method="post" action="/c/${encodeURIComponent(token)}/${action}?lang=${language}"${locating && html` data-locating="${locating}"`}><input type="hidden" name="operationId" value="${newId()}"><input type="hidden" name="assignmentId" value="${assignment.id}">${inside}</form>`
}

function notMe({ token, language }: Page, words: PageWords): Html {
  return html`<details><summary>${words.notMe}</summary><p>${words.notMeText}</p>
<form method="post" action="/c/${encodeURIComponent(token)}/not-me?lang=${language}"><input type="hidden" name="operationId" value="${newId()}"><button class="danger">${words.notMeButton}</button></form></details>`
}

function period(
  { startsAt, endsAt }: { startsAt: DateTime; endsAt: DateTime },
  zone: string,
  language: Language,
): string {
  const from = startsAt.setZone(zone).setLocale(language === 'zh' ? 'zh-CN' : 'en-GB')
  const to = endsAt.setZone(zone).setLocale(from.locale ?? 'en-GB')
  const dayOf = (at: DateTime) => at.toFormat(language === 'zh' ? 'M月d日 ccc' : 'ccc d LLLL')
  const until =
    from.toISODate() === to.toISODate() ? to.toFormat('HH:mm') : `${dayOf(to)} ${to.toFormat('HH:mm')}`
  return `${dayOf(from)} ${from.toFormat('HH:mm')}–${until}`
}

function timeIn(at: DateTime, zone: string, withDay = false): string {
  return at.setZone(zone).toFormat(withDay ? 'M/d HH:mm' : 'HH:mm')
}
