import type { KindDefinition, Values } from '#modules/messaging/index.ts'
import { grouped, type KeyRing, maskName } from '#platform/crypto/index.ts'
import { participationIdOf, stillDue } from './invitees.ts'
import { type TellableAssignment, tellableOf } from './message-facts.ts'
import { linkTokenOf } from './revoke-link.ts'
import { periodText } from './shift-text.ts'

export interface MessageNeeds {
  keys: KeyRing
  publicUrl: URL
}

/** Where a personal link leads. */
export function linkTo(publicUrl: URL, token: string): string {
  return new URL(`/c/${token}`, publicUrl).href
}

const sampleToken = '0123456789AB'

/** What a message about places may name; the people of one number stand in one message, each with their own link. */
export function placeVariables(publicUrl: URL): KindDefinition['variables'] {
  const place = '张*三 3月4日 13:30-17:30 解放路街道 清理小广告'
  return {
    event: { zh: '活动名称', en: 'event', sample: '学雷锋志愿服务日', longest: '学雷锋志愿服务日集中行动' },
    places: {
      zh: '姓名、时间、地点、任务和个人链接',
      en: 'name, time, place, task and personal link',
      sample: `${place} ${linkTo(publicUrl, sampleToken)}`,
      longest: `欧阳**明 12月31日 13:30-17:30 南芬街道中心社区便民服务大厅 清理背街小巷小广告 ${linkTo(publicUrl, sampleToken)}`,
      link: true,
    },
    codes: {
      zh: '姓名、时间、地点、任务和个人代码',
      en: 'name, time, place, task and personal code',
      sample: `${place} ${grouped(sampleToken)}`,
    },
  }
}

/** Every place of one person in one line, then the link or the code that answers for all of them. */
export function placeValues(
  { keys, publicUrl }: MessageNeeds,
  people: readonly (readonly TellableAssignment[])[],
  locale: 'zh' | 'en',
): Values | undefined {
  const told = people.flatMap((places) => {
    const [first] = places
    const token = first && linkTokenOf(keys, first.participation)
    if (!first || !token) return []
    const shifts = places.map(({ shift, zoneName, event }) => {
      return `${periodText(shift, event.timeZone, locale)} ${zoneName} ${shift.task}`
    })
    const who = `${maskName(first.personName)} ${shifts.join(locale === 'zh' ? '、' : ', ')}`
    return [
      {
        event: first.event.name,
        link: `${who} ${linkTo(publicUrl, token)}`,
        code: `${who} ${grouped(token)}`,
      },
    ]
  })
  if (!told[0]) return undefined
  const separator = locale === 'zh' ? ' ;' : ' ; '
  return {
    event: told[0].event,
    places: told.map(({ link }) => link).join(separator),
    codes: told.map(({ code }) => code).join(separator),
  }
}

/** 岗位邀请. Subjects are `participation:ID`. */
export function invitationKind(needs: MessageNeeds): KindDefinition {
  const door = new URL('/c', needs.publicUrl)
  return {
    zh: '岗位邀请',
    en: 'Invitation to a shift',
    variables: placeVariables(needs.publicUrl),
    words: {
      sms: {
        body: {
          zh: '诚邀您参加“{event}”:{places} 请打开链接答复能否参加。',
          en: 'You are invited to {event}: {places} Please open the link and answer.',
        },
        withoutLinks: {
          zh: `诚邀您参加“{event}”:{codes} 请访问 ${door.host}${door.pathname} 输入个人代码答复。`,
          en: `You are invited to {event}: {codes} Please answer at ${door.host}${door.pathname} with the code.`,
        },
      },
      email: {
        subject: { zh: '诚邀您参加“{event}”', en: 'You are invited to {event}' },
        body: {
          zh: '您好:\n\n诚邀您参加“{event}”:\n\n{places}\n\n请打开链接答复能否参加。参加与否全凭自愿,无需说明理由。链接仅供本人使用,请勿转发。\n',
          en: 'Hello,\n\nyou are invited to {event}:\n\n{places}\n\nPlease open the link and answer. It is up to you, and no reason is needed. The link is for you alone; do not forward it.\n',
        },
      },
    },
    stillDue,
    async render(reader, messages, { locale }) {
      const ids = messages.flat().map(participationIdOf)
      const places = await tellableOf(reader, ids)
      return messages.map((subjects) => {
        const people = subjects.map((subject) => places.get(participationIdOf(subject)) ?? [])
        return placeValues(needs, people, locale)
      })
    },
  }
}
