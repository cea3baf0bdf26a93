import { type Html, html } from '#platform/http/html.ts'
import { periodText } from './moments.ts'
import { type Card, written } from './parts.ts'
import { stateAndButtons } from './state.ts'

/** The card of one assignment: time, place, contacts, notes, and the buttons that are useful now. */
export function card(parts: Card): Html {
  const { assignment, words, language, link, around } = parts
  const { shift } = assignment
  // What was over before the event was cancelled took place; whoever is there when it is cancelled still checks out.
  const eventOff = link.event.cancelledAt && link.event.cancelledAt < shift.endsAt
  const came = around.attendances.get(assignment.id)?.checkInAt
  const off = eventOff || shift.cancelledAt || assignment.cancelledAt
  return html`<section class="card${off && ' off'}" id="a-${assignment.id}"><h2>${written(shift.work, language)}</h2>
<p class="when">${periodText(shift, link.event.timeZone, language)}</p>
<dl class="facts">${facts(parts)}</dl>
${shift.risks && html`<p class="risk"><strong>${words.risks}</strong> ${written(shift.risks, language)}</p>`}
${!shift.recordable && html`<p class="soft">${words.notRecorded}</p>`}
${eventOff && !came && !around.lateUntil.has(assignment.id) ? null : stateAndButtons(parts)}</section>`
}

function facts(parts: Card): (Html | null)[] {
  const { assignment, words, language } = parts
  const { shift, team } = assignment
  const fact = (name: string, value: Html | string | null) =>
    value === null
      ? null
      : html`<div><dt>${name}</dt><dd>${typeof value === 'string' ? written(value, language) : value}</dd></div>`
  return [
    fact(words.place, place(parts)),
    fact(words.meeting, shift.meetingPoint),
    fact(toolsTitle(parts), shift.tools),
    fact(words.contact, contact(parts)),
    fact(words.team, team?.name ?? null),
    fact(words.insurance, shift.insurance),
  ]
}

/** The zone with its district, and a link to a map when the coordinates are known. */
function place({ assignment, words, language }: Card): Html {
  const { name, district, centre } = assignment.zone
  const whole = district && !name.startsWith(district) ? `${district}${name}` : name
  return html`${written(whole, language)}${centre && html` <a href="${mapOf(centre, name)}" rel="noreferrer">${words.map}</a>`}`
}

/** The map app most phones here open. It takes WGS-84 and converts to its own coordinate system. */
function mapOf({ latitude, longitude }: { latitude: number; longitude: number }, name: string): string {
  const query = new URLSearchParams({
    position: `${longitude},${latitude}`,
    name,
    coordinate: 'wgs84',
    callnative: '1',
  })
  return `https://uri.amap.com/marker?${query}`
}

/** 所需工具, and who brings them if known. */
function toolsTitle({ assignment, words }: Card): string {
  const by = assignment.shift.toolsBroughtBy
  if (!by) return words.tools
  return /自备|自带|本人|志愿者|volunteer|self/i.test(by) ? words.toolsOwn : words.toolsFrom(by)
}

function contact({ assignment, around, language }: Card): Html | null {
  const { contact } = assignment.shift
  if (!contact) return null
  const phone = around.phones.get(contact.id)
  const number = phone?.replace(/^\+86/, '')
  return html`${written(contact.name, language)}${phone && html` <a class="tel" href="tel:${phone}"><span aria-hidden="true">☎ </span>${number}</a>`}`
}
