/**
 * Time as the service has it. The browser's clock may be wrong, and on a simulated clock it always is, so nothing else
 * asks it what time it is; what is shown is in the zone of the event.
 */
import type { Language } from './language.ts'

let served = { now: 0, at: 0 }

/** The service says what time it is. It runs on from here by a clock that nobody sets. */
export function serverTimeIs(iso: string): void {
  served = { now: Date.parse(iso), at: performance.now() }
}

/** The present moment of the service, in milliseconds since 1970. */
export function serverNow(): number {
  return served.now + performance.now() - served.at
}

/** What the clock of this device shows, in milliseconds since 1970: for stamps that the service corrects, and no more. */
export function deviceNow(): number {
  return Date.now()
}

/** The moment at the service of a stamp that this browser's clock made, in ISO 8601. */
export function momentOfStamp(browserMs: number): string {
  return new Date(serverNow() - (Date.now() - browserMs)).toISOString()
}

/** What clocks and calendars in a zone show: `2026-03-04T13:30`. */
export type Wall = string

const formats = new Map<string, Intl.DateTimeFormat>()

function made(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
}

/** Whether the browser knows this zone of time. */
export function isZone(zone: string): boolean {
  try {
    return zone in steadyHours || formats.has(zone) || Boolean(made(zone))
  } catch {
    return false
  }
}

/** A zone that is not known is one that somebody is just typing: until then it is UTC, and nothing breaks. */
function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  try {
    const format = made(zone)
    formats.set(zone, format)
    return format
  } catch {
    return formatIn('UTC')
  }
}

/**
 * Hours east of UTC of zones that have not changed their clocks since 1992: an old phone needs a quarter of a second until it
 * has read what it knows of zones.
 */
const steadyHours: Partial<Record<string, number>> = { 'Asia/Shanghai': 8, UTC: 0 }
const steadySinceMs = Date.UTC(1992, 0, 1)

/** What is shown in the zone at a moment, given in ISO 8601 or milliseconds. */
export function wallOf(at: string | number, zone: string): Wall {
  const ms = typeof at === 'number' ? at : Date.parse(at)
  const hours = steadyHours[zone]
  if (hours !== undefined && ms >= steadySinceMs)
    return new Date(ms + hours * 3600_000).toISOString().slice(0, 16)
  const parts = Object.fromEntries(
    formatIn(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  )
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`
}

/** The moment at which the zone shows this, in ISO 8601. In an hour that a zone skips, the moment after it. */
export function instantOf(wall: Wall, zone: string): string {
  const wanted = Date.parse(`${wall}:00Z`)
  let ms = wanted
  // Twice: the first guess may lie on the other side of a change of the clocks.
  for (let round = 0; round < 2; round++) ms += wanted - Date.parse(`${wallOf(ms, zone)}:00Z`)
  return new Date(ms).toISOString()
}

/** The beginning of the day after this one. */
export function dayAfter(wall: Wall): Wall {
  const next = new Date(Date.parse(`${wall.slice(0, 10)}T00:00Z`) + 24 * 3600_000)
  return next.toISOString().slice(0, 16)
}

/** As English names them, January first. */
export const months =
  'January February March April May June July August September October November December'.split(' ')

function dayOf(wall: Wall, language: Language, withYear: boolean): string {
  const [year = '', month, day] = wall.slice(0, 10).split('-')
  if (language === 'zh') return `${withYear ? `${year}年` : ''}${Number(month)}月${Number(day)}日`
  return `${Number(day)} ${months[Number(month) - 1]}${withYear ? ` ${year}` : ''}`
}

/** A day as people read it: 3月4日, 4 March; with the year where it is not the present one. */
export function dayText(at: string, zone: string, language: Language): string {
  const wall = wallOf(at, zone)
  return dayOf(wall, language, wall.slice(0, 4) !== wallOf(serverNow(), zone).slice(0, 4))
}

/** A moment as people read it: 3月4日13:30, 4 March 13:30. */
export function momentText(at: string, zone: string, language: Language): string {
  return `${dayText(at, zone, language)}${language === 'zh' ? '' : ' '}${wallOf(at, zone).slice(11)}`
}

/** A period as people read it; its day once where it is one day. */
export function periodText(from: string, until: string, zone: string, language: Language): string {
  const [start, end] = [wallOf(from, zone), wallOf(until, zone)]
  const last = start.slice(0, 10) === end.slice(0, 10) ? end.slice(11) : momentText(until, zone, language)
  return `${momentText(from, zone, language)}–${last}`
}

/**
 * Days from one to another, as 2026-01-03: 1–3 January, 30 April–3 May; 1月1日至3日, 4月30日至5月3日. The year is said where it is not the
 * one that is meant anyway.
 */
export function daysText(
  first: string,
  last: string,
  language: Language,
  present = wallOf(serverNow(), 'UTC').slice(0, 4),
): string {
  const withYear = first.slice(0, 4) !== last.slice(0, 4) || last.slice(0, 4) !== present
  const whole = (day: string) => dayOf(day, language, withYear)
  if (first === last) return whole(first)
  const [sameYear, sameMonth] = [4, 7].map((length) => first.slice(0, length) === last.slice(0, length))
  const number = (day: string) => Number(day.slice(8, 10))
  if (language === 'zh') {
    const end = sameMonth ? `${number(last)}日` : dayOf(last, language, withYear && !sameYear)
    return `${whole(first)}至${end}`
  }
  const start = sameMonth ? number(first) : dayOf(first, language, withYear && !sameYear)
  return `${start}–${whole(last)}`
}

/** The time of day in a zone: 13:30. */
export function clockText(at: string | number, zone: string): string {
  return wallOf(at, zone).slice(11)
}
