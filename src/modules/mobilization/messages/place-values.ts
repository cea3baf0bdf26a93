import type { KindDefinition, Values } from '#modules/messaging/index.ts'
import type { CalledName } from '#modules/organisation/index.ts'
import { grouped, type KeyRing } from '#platform/crypto/index.ts'
import { linkTokenOf } from '../links/revoke-link.ts'
import type { TellableAssignment } from './message-facts.ts'
import { momentText, soonText } from './shift-text.ts'

export interface MessageNeeds {
  keys: KeyRing
  publicUrl: URL
}

/** The URL of a personal link. */
export function linkTo(publicUrl: URL, token: string): string {
  return new URL(`/c/${token}`, publicUrl).href
}

/** The address where a personal code is typed, as a person reads it. */
export function doorOf(publicUrl: URL): string {
  const { host, pathname } = new URL('/c', publicUrl)
  return `${host}${pathname}`
}

const sampleToken = '0123456789AB'

/** The variables for one person's link and code. */
export function linkVariables(publicUrl: URL): KindDefinition['variables'] {
  return {
    link: { zh: '个人链接', en: 'personal link', sample: linkTo(publicUrl, sampleToken), link: true },
    code: { zh: '个人码', en: 'personal code', sample: grouped(sampleToken) },
  }
}

/** The variables of messages about places. */
export function placeVariables(publicUrl: URL): KindDefinition['variables'] {
  const what = '3月4日13:30解放北路清理小广告'
  const longestWhat = '12月31日13:30南芬街道中心社区便民服务大厅清理背街小巷小广告'
  return {
    who: { zh: '姓名', en: 'name', sample: '张*三', longest: '欧阳**明' },
    what: { zh: '时间、地点和任务', en: 'time, place and work', sample: what, longest: longestWhat },
    outing: {
      zh: '时间、去处和任务',
      en: 'time, destination and work',
      sample: '3月4日13:30到永丰社区捡拾垃圾',
      longest: '12月31日13:30到南芬街道中心社区便民服务大厅清理背街小巷小广告',
    },
    when: { zh: '时间', en: 'time', sample: '3月4日13:30', longest: '12月31日13:30' },
    where: { zh: '地点', en: 'place', sample: '解放北路', longest: '南芬街道中心社区便民服务大厅' },
    work: { zh: '任务', en: 'work', sample: '清理小广告', longest: '清理背街小巷小广告' },
    event: { zh: '活动名称', en: 'event', sample: '学雷锋志愿服务日', longest: '学雷锋志愿服务日集中行动' },
    ...linkVariables(publicUrl),
    places: {
      zh: '姓名、时间、地点、任务和个人链接',
      en: 'name, time, place, work and personal link',
      sample: `张*三${what} ${linkTo(publicUrl, sampleToken)}`,
      longest: `欧阳**明${longestWhat} ${linkTo(publicUrl, sampleToken)}`,
      link: true,
    },
    codes: {
      zh: '姓名、时间、地点、任务和个人码',
      en: 'name, time, place, work and personal code',
      sample: `张*三${what} ${grouped(sampleToken)}`,
    },
  }
}

interface Telling {
  called: CalledName
  locale: 'zh' | 'en'
  /** When given, a shift on the same day is called 今天; otherwise the date is always written. */
  now?: Parameters<typeof soonText>[1]
}

/** The values for one person's places with the link or code to answer. Undefined when the person has no valid link. */
export function placeValues(
  { keys, publicUrl }: MessageNeeds,
  places: readonly TellableAssignment[],
  { called, locale, now }: Telling,
): Values | undefined {
  const [first] = places
  const token = first && linkTokenOf(keys, first.participation)
  if (!first || !token) return undefined
  const zh = locale === 'zh'
  const times = places.map(({ shift, event }) =>
    now
      ? soonText(shift.startsAt, now, event.timeZone, locale)
      : momentText(shift.startsAt, event.timeZone, locale),
  )
  const listed = (between: string[]) =>
    places
      .map(({ zoneName, shift }, at) => [times[at], ...between, zoneName, shift.work].join(zh ? '' : ' '))
      .join(zh ? '、' : ', ')
  const what = listed([])
  const outing = listed([zh ? '到' : 'to'])
  const who = called(first.personId, first.personName, locale)
  const [link, code] = [linkTo(publicUrl, token), grouped(token)]
  return {
    ...{ who, what, outing, when: times[0] ?? '', where: first.zoneName, work: first.shift.work },
    ...{ event: first.event.name, link, code },
    places: `${who}${zh ? '：' : ': '}${what} ${link}`,
    codes: `${who}${zh ? '：' : ': '}${what} ${code}`,
  }
}
