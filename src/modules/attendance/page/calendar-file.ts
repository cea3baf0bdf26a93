import type { DateTime } from 'luxon'
import type { LinkedAssignment } from '#modules/mobilization/index.ts'
import type { Language } from '#platform/http/language.ts'
import { type PageWords, pageWords } from './words.ts'

interface Calendar {
  assignments: readonly LinkedAssignment[]
  /** The host of the service: makes the UIDs of the entries globally unique. */
  host: string
  now: DateTime
  language: Language
}

/**
 * The assignments as an iCalendar file (RFC 5545). It does not contain the personal link, because people share
 * calendars with family and colleagues. Times are in UTC, so the file needs no time zone definition.
 */
export function calendarFile({ assignments, host, now, language }: Calendar): string {
  const words = pageWords[language]
  const lines = assignments.flatMap(({ id, shift, zone }) => [
    'BEGIN:VEVENT',
    `UID:${id}@${host}`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(shift.startsAt)}`,
    `DTEND:${stamp(shift.endsAt)}`,
    `SUMMARY:${escaped(`${shift.work} · ${zone.name}`)}`,
    `LOCATION:${escaped([zone.district, zone.name, shift.meetingPoint].filter(Boolean).join(' '))}`,
    `DESCRIPTION:${escaped(notes(shift, words))}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escaped(shift.work)}`,
    'TRIGGER:-PT1H',
    'END:VALARM',
    'END:VEVENT',
  ])
  const all = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Muster//ZH', ...lines, 'END:VCALENDAR']
  return all.map((line) => `${folded(line)}\r\n`).join('')
}

function notes(shift: LinkedAssignment['shift'], words: PageWords): string {
  const said = (name: string, text: string | null) => text && `${name}${words.colon}${text}`
  return [said(words.tools, shift.tools), said(words.risks, shift.risks)].filter(Boolean).join('\n')
}

function stamp(at: DateTime): string {
  return at.toUTC().toFormat("yyyyMMdd'T'HHmmss'Z'")
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n')
}

/** Line folding: at most 75 octets, never inside a character; continuation lines begin with a space. */
function folded(line: string): string {
  let [text, octets] = ['', 0]
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > 74) [text, octets] = [`${text}\r\n `, 1]
    text += character
    octets += size
  }
  return text
}
