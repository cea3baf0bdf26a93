import type { DateTime } from 'luxon'

type Locale = 'zh' | 'en'
type Period = { startsAt: DateTime; endsAt: DateTime }

/** A period for readers, in the event's time zone: `3月4日13:30-17:30`, `4 March 13:30-17:30`. */
export function periodText({ startsAt, endsAt }: Period, timeZone: string, locale: Locale): string {
  const start = startsAt.setZone(timeZone)
  const end = endsAt.setZone(timeZone)
  const until = start.toISODate() === end.toISODate() ? clock(end) : localMoment(end, locale)
  return `${localMoment(start, locale)}-${until}`
}

/** A day for readers: `3月4日`, `4 March`. */
export function dayText(at: DateTime, timeZone: string, locale: Locale): string {
  return localDay(at.setZone(timeZone), locale)
}

/** A moment for readers: `3月4日13:30`, `4 March 13:30`. */
export function momentText(at: DateTime, timeZone: string, locale: Locale): string {
  return localMoment(at.setZone(timeZone), locale)
}

/** Like `momentText`, but `今天13:30` for today. */
export function soonText(at: DateTime, now: DateTime, timeZone: string, locale: Locale): string {
  const local = at.setZone(timeZone)
  if (local.toISODate() !== now.setZone(timeZone).toISODate()) return localMoment(local, locale)
  return locale === 'zh' ? `今天${clock(local)}` : `today ${clock(local)}`
}

function localMoment(local: DateTime, locale: Locale): string {
  return `${localDay(local, locale)}${locale === 'zh' ? '' : ' '}${clock(local)}`
}

function localDay(local: DateTime, locale: Locale): string {
  return locale === 'zh' ? local.toFormat('M月d日') : local.setLocale('en-GB').toFormat('d LLLL')
}

/** Local time of day: `13:30`. */
export function clock(local: DateTime): string {
  return local.toFormat('HH:mm')
}
