/** Texts of notices about moved and cancelled shifts. Pure functions. */
import { instantFrom } from '#platform/time.ts'
import { clock, dayText, momentText } from '../messages/shift-text.ts'
import type { Locale, Noticed } from './notice-kind.ts'

/** `因施工封路`: typed reasons come with or without 因 and a full stop. */
export function because(reason: string | null, locale: Locale): string {
  const bare = (reason ?? '').trim().replace(/[。.！!]+$/, '')
  if (bare === '') return ''
  if (locale === 'en') return ` (${bare})`
  return `因${bare.replace(/^(?:因为|由于|因)/, '')}`
}

/** The event with its day: `3月4日学雷锋志愿服务活动`. */
export function eventText(
  { name, startsAt, timeZone }: Pick<Noticed['event'], 'name' | 'startsAt' | 'timeZone'>,
  locale: Locale,
): string {
  const day = dayText(startsAt, timeZone, locale)
  return locale === 'zh' ? `${day}${name}${/活动|行动$/.test(name) ? '' : '活动'}` : `${day} ${name}`
}

/** The difference between the earlier and the current place: `3月4日13:30改为14:30`, `…改在永丰社区门口`. */
export function changeText(
  { notice, shift, zoneName, event }: Noticed,
  locale: Locale,
  child: boolean,
): string | undefined {
  const { before } = notice
  if (!before || !shift || zoneName === null) return undefined
  const zone = event.timeZone
  const was = instantFrom(before.startsAt)
  const timeMoved = +was !== +shift.startsAt || +instantFrom(before.endsAt) !== +shift.endsAt
  const placeMoved = before.zoneName !== zoneName || before.meetingPoint !== shift.meetingPoint
  const place = shift.meetingPoint?.includes(zoneName)
    ? shift.meetingPoint
    : `${zoneName}${shift.meetingPoint ?? ''}`
  const sameDay = was.setZone(zone).toISODate() === shift.startsAt.setZone(zone).toISODate()
  const to =
    +was === +shift.startsAt
      ? `${clock(shift.startsAt.setZone(zone))}-${clock(shift.endsAt.setZone(zone))}`
      : sameDay
        ? clock(shift.startsAt.setZone(zone))
        : momentText(shift.startsAt, zone, locale)
  if (locale === 'en') {
    const from = momentText(was, zone, locale)
    return [`${from} moved`, timeMoved && `to ${to}`, placeMoved && `to ${place}`].filter(Boolean).join(' ')
  }
  const from =
    child && timeMoved && sameDay
      ? `${dayText(was, zone, locale)}孩子的活动`
      : `${momentText(was, zone, locale)}${child ? '孩子的活动' : ''}`
  if (timeMoved && placeMoved) return `${from}改为${to}，在${place}`
  return timeMoved ? `${from}改为${to}，地点不变` : `${from}改在${place}`
}

/** Above this, the times alone are named: a text message is short. */
const namedMax = 3

/** The cancelled shifts of one person, in order of time: `3月4日13:30永丰社区清除卫生死角、15:30解放北路清理小广告`. */
export function cancelledText(own: readonly Noticed[], locale: Locale, child: boolean): string {
  const known = own
    .flatMap(({ shift, zoneName, event }) =>
      shift && zoneName !== null ? [{ ...shift, zoneName, zone: event.timeZone }] : [],
    )
    .toSorted((a, b) => +a.startsAt - +b.startsAt)
  const dayOf = (at: (typeof known)[number]) => at.startsAt.setZone(at.zone).toISODate()
  const parts = known.map((each, at) => {
    const before = known[at - 1]
    const sameDay = before !== undefined && dayOf(before) === dayOf(each)
    const when = sameDay
      ? clock(each.startsAt.setZone(each.zone))
      : momentText(each.startsAt, each.zone, locale)
    if (known.length > namedMax) return when
    if (locale === 'en') return `${when} ${each.zoneName} ${each.work}`
    if (!child) return `${when}${each.zoneName}${each.work}`
    return at === 0 ? `${when}孩子在${each.zoneName}` : `${when}在${each.zoneName}`
  })
  if (locale === 'en') return parts.join(', ')
  const all = parts.join('、')
  if (known.length <= namedMax) return all
  return child ? `${all}孩子` : `${all}共${known.length}个岗位`
}
