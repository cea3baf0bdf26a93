import type { DateTime } from 'luxon'

/** A period as people read it where it takes place: `3月4日 13:30-17:30`, `4 Mar 13:30-17:30`. */
export function periodText(
  { startsAt, endsAt }: { startsAt: DateTime; endsAt: DateTime },
  timeZone: string,
  locale: 'zh' | 'en',
): string {
  const start = startsAt.setZone(timeZone).setLocale(locale === 'zh' ? 'zh-CN' : 'en-GB')
  const end = endsAt.setZone(timeZone).setLocale(locale === 'zh' ? 'zh-CN' : 'en-GB')
  const day = locale === 'zh' ? 'M月d日' : 'd MMM'
  const until = start.toISODate() === end.toISODate() ? 'HH:mm' : `${day} HH:mm`
  return `${start.toFormat(`${day} HH:mm`)}-${end.toFormat(until)}`
}
