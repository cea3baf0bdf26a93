/** Formats of dates and times on the volunteer's page: 3月4日13:30, in English 4 March 13:30, never 3/4. */
import type { DateTime } from 'luxon'
import type { Language } from '#platform/http/language.ts'

interface Period {
  startsAt: DateTime
  endsAt: DateTime
}

/** `3月4日（周三）13:30–17:30`; the end gets its own date when it is on another day. */
export function periodText({ startsAt, endsAt }: Period, zone: string, language: Language): string {
  const [from, to] = [startsAt.setZone(zone), endsAt.setZone(zone)]
  const day = (at: DateTime) =>
    language === 'zh'
      ? at.setLocale('zh-CN').toFormat('M月d日（ccc）')
      : at.setLocale('en-GB').toFormat('ccc d LLLL ')
  // Not `hasSame`: it looks up the time zone five times, and every page shows a period.
  const until = from.toISODate() === to.toISODate() ? '' : day(to)
  return `${day(from)}${from.toFormat('HH:mm')}–${until}${to.toFormat('HH:mm')}`
}

/** `3月4日13:30` */
export function momentText(at: DateTime, zone: string, language: Language): string {
  const local = at.setZone(zone)
  return language === 'zh' ? local.toFormat('M月d日HH:mm') : local.setLocale('en-GB').toFormat('d LLLL HH:mm')
}

/** `13:30` */
export function clockText(at: DateTime, zone: string): string {
  return at.setZone(zone).toFormat('HH:mm')
}

/** `1小时50分钟`, `50分钟`, `1 h 50 min` */
export function durationText(minutes: number, language: Language): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (language === 'en')
    return [hours && `${hours} h`, (rest || !hours) && `${rest} min`].filter(Boolean).join(' ')
  return `${hours ? `${hours}小时` : ''}${rest || !hours ? `${rest}分钟` : ''}`
}
