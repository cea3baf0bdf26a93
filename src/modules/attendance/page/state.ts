import type { DateTime } from 'luxon'
import { type Html, html } from '#platform/http/html.ts'
import { instantFrom } from '#platform/time.ts'
import { mayUndoLeaving } from '../check-out.ts'
import { stateOfLate } from '../late/queries.ts'
import { leavesEarly, phaseOf } from '../rules.ts'
import type { Attendance } from '../statements.ts'
import { clockText, durationText, momentText } from './moments.ts'
import { type Card, form, state } from './parts.ts'

/** The state of an assignment and its buttons; at most one primary button. */
export function stateAndButtons(card: Card): Html {
  const { assignment, words, around } = card
  const attendance = around.attendances.get(assignment.id)
  if (attendance?.checkInAt) return attended(card, attendance, attendance.checkInAt)
  const { cancelReason } = assignment.shift
  if (assignment.shift.cancelledAt ?? assignment.cancelledAt)
    return html`${state('bad', words.shiftCancelled(cancelReason))}${brokenOff(card)}`
  if (assignment.excusedAt) return state('plain', words.excused)
  if (phaseOfCard(card) === 'over') return over(card)
  if (assignment.answer === 'declined') {
    return html`${state('plain', words.declined)}
<details><summary>${words.changedMind}</summary>${answerForm(card, 'accepted', words.acceptAfterAll)}</details>`
  }
  return assignment.answer === 'accepted' ? expected(card) : invited(card)
}

function phaseOfCard({ assignment, link, now }: Card) {
  return phaseOf(assignment.shift, now, link.event.checkInOpensMin)
}

/** After the shift nobody can check in. A person who was present can ask for a late entry (补录). */
function over(card: Card): Html {
  const { assignment, words, around } = card
  const entry = around.lateEntries.get(assignment.id)
  if (entry) {
    const decided = stateOfLate(entry)
    if (decided === 'refused') return state('plain', words.lateRefused(entry.decisionReason))
    if (decided === 'pending') return state('plain', words.latePending)
  }
  if (assignment.answer === 'declined') return state('plain', words.declined)
  const mayAsk = around.lateUntil.has(assignment.id) && !around.readByGuardian
  return html`${state('plain', words.over, mayAsk && words.overMayAsk)}${mayAsk && lateForm(card)}`
}

/** Cancelled while people were there: whoever was, and is not recorded, says so afterwards. */
function brokenOff(card: Card): Html | false {
  const { assignment, words, around } = card
  const entry = around.lateEntries.get(assignment.id)
  if (!entry && !around.lateUntil.has(assignment.id)) return false
  if (entry || assignment.answer === 'declined') return html`${over(card)}`
  return !around.readByGuardian && html`<p class="soft">${words.overMayAsk}</p>${lateForm(card)}`
}

function lateForm(card: Card): Html {
  const { words, assignment } = card
  const field = `reason-${assignment.id}`
  return html`<details><summary>${words.lateAsk}</summary><p>${words.lateText}</p>${form(
    card,
    'late-entry',
    html`<label for="${field}">${words.lateReason}</label><input id="${field}" name="reason" required maxlength="200"><button>${words.lateSend}</button>`,
  )}</details>`
}

/** Not answered yet: the text does not press for an answer, and a person who comes without one can check in. */
function invited(card: Card): Html {
  const { words, around } = card
  const asked = html`${state('warn', words.unanswered)}`
  if (phaseOfCard(card) === 'open' && !around.readByGuardian) {
    return html`${asked}${checkInForm(card)}
<details><summary>${words.answerFirst}</summary>${answers(card, '')}</details>`
  }
  return html`${asked}${answers(card, 'primary')}${byTeacher(card)}`
}

function answers(card: Card, style: string): Html {
  const { words, around } = card
  const year =
    around.readByGuardian &&
    html`<label class="tick"><input type="checkbox" name="schoolYear" value="true">${words.consentYear}</label>`
  return html`${around.readByGuardian && html`<p class="soft">${words.consentMeans}</p>`}${answerForm(card, 'accepted', words.accept, style, year)}${answerForm(card, 'declined', words.decline)}`
}

function expected(card: Card): Html {
  const { words, assignment, link, language, around } = card
  const open = phaseOfCard(card) === 'open'
  const opensAt = assignment.shift.startsAt.minus({ minutes: link.event.checkInOpensMin })
  const zone = link.event.timeZone
  if (assignment.askedAgainAt && !open) return confirmAgain(card)
  const comes = open ? words.accepted : words.acceptedFrom(momentText(opensAt, zone, language))
  return html`${state('good', around.readByGuardian ? words.acceptedForChild : comes)}${byTeacher(card)}${open && !around.readByGuardian && checkInForm(card)}
<details><summary>${words.changedMind}</summary>${answerForm(card, 'declined', words.declineAfterAll)}<p class="soft">${words.declineSoft}</p></details>`
}

/**
 * The shift was moved after the person accepted: without a new answer they keep the assignment, and they are asked to
 * confirm.
 */
function confirmAgain(card: Card): Html {
  const { words, assignment, link, language, around } = card
  const before = around.before.get(assignment.id)
  const was =
    before && `${momentText(instantFrom(before.startsAt), link.event.timeZone, language)} ${before.zoneName}`
  return html`${state('warn', words.moved(was ?? null))}${answers(card, 'primary')}${byTeacher(card)}`
}

/** A guardian at home cannot confirm that a child arrived. */
function byTeacher({ words, around }: Card): Html | false {
  return around.readByGuardian && html`<p class="soft" data-roll="teacher">${words.byTeacher}</p>`
}

function attended(card: Card, attendance: Attendance, checkInAt: DateTime): Html {
  const { words, link, language, now } = card
  const zone = link.event.timeZone
  const { checkOutAt } = attendance
  if (checkOutAt) {
    const times = `${words.checkedIn(clockText(checkInAt, zone))} · ${words.checkedOut(clockText(checkOutAt, zone))}`
    return html`${state('good', times, words.minutes(durationText(attendance.minutes ?? 0, language)))}
${mayUndoLeaving(checkOutAt, now) && form(card, 'undo-check-out', html`<button class="quiet">${words.undoCheckOut}</button>`)}`
  }
  const thanks = { early: words.early, on_time: words.onTime, late: words.late }[attendance.timing]
  const kind = attendance.timing === 'late' ? 'warn' : 'good'
  return html`${state(kind, words.checkedIn(clockText(checkInAt, zone)), thanks)}${leaving(card)}`
}

/**
 * Check-out needs one more step while much of the shift is left: a second tap on "check in" must not end the service.
 */
function leaving(card: Card): Html {
  const { words, assignment, now, language, around } = card
  const { endsAt } = assignment.shift
  if (now >= endsAt) return state('plain', words.minutesByLeader)
  if (around.readByGuardian) return html`${byTeacher(card)}`
  if (!leavesEarly(assignment.shift, now)) {
    return form(card, 'check-out', html`<button class="primary">${words.checkOut}</button>`)
  }
  const left = durationText(Math.ceil(endsAt.diff(now).as('minutes')), language)
  const sure = html`<input type="hidden" name="early" value="true"><button>${words.checkOutSure}</button>`
  return html`<details><summary>${words.checkOut}</summary><p>${words.leavesEarly(left)}</p>${form(card, 'check-out', sure)}<a class="button quiet" href="?lang=${language}">${words.stay}</a></details>`
}

function checkInForm(card: Card): Html {
  const { words } = card
  return form(
    card,
    'check-in',
    html`<button class="primary">${words.checkIn}</button><p class="soft">${words.checkInSoft}</p>`,
    words.locating,
  )
}

function answerForm(
  card: Card,
  answer: 'accepted' | 'declined',
  text: string,
  style = '',
  inside?: Html | false,
): Html {
  return form(
    card,
    'answer',
    html`<input type="hidden" name="answer" value="${answer}">${inside}<button${style && html` class="${style}"`}>${text}</button>`,
  )
}
