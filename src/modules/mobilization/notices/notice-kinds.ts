import type { KindDefinition, Values, Words } from '#modules/messaging/index.ts'
import { doorOf, type MessageNeeds } from '../messages/place-values.ts'
import { common, type Locale, type Noticed, noticeKind } from './notice-kind.ts'
import { because, cancelledText, changeText, eventText } from './notice-text.ts'

const mail = (subjectZh: string, subjectEn: string, zh: string, en: string): Words => ({
  subject: { zh: subjectZh, en: subjectEn },
  body: { zh, en },
})

/** 岗位变更: the earlier and the current state; asks for a new acceptance where one is needed. */
export function changeKind(needs: MessageNeeds): KindDefinition {
  const door = doorOf(needs.publicUrl)
  return noticeKind(needs, {
    zh: '岗位变更',
    en: 'A shift was moved',
    smsParts: 2,
    words: {
      sms: {
        body: { zh: '岗位变更：{who}，{what}，{ask} {link}', en: 'Moved: {who}, {what}. {ask}: {link}' },
        withoutLinks: {
          zh: `岗位变更：{who}，{what}，{ask}${door}（个人码{code}）`,
          en: `Moved: {who}, {what}. {ask}: ${door}, code {code}`,
        },
      },
      email: mail(
        '岗位变更：“{event}”',
        'Moved: {event}',
        '{who}，您好！\n\n您的岗位有变更：{what}。\n\n{ask}：{link}\n',
        'Hello {who},\n\nyour shift was moved: {what}.\n\n{ask}: {link}\n',
      ),
    },
    valuesOf: (noticed, locale) => {
      const what = changeText(noticed, locale, false)
      const again = noticed.assignment?.askedAgainAt ?? noticed.assignment?.answer === null
      const ask = locale === 'zh' ? (again ? '请重新确认' : '详情请点') : again ? 'Please confirm' : 'Details'
      return what === undefined ? undefined : { ...common(needs, noticed), what, ask }
    },
  })
}

/** 岗位变更 to the guardian of a minor: the changed shift, and a link to confirm it. */
export function guardianChangeKind(needs: MessageNeeds): KindDefinition {
  const door = doorOf(needs.publicUrl)
  return noticeKind(needs, {
    zh: '活动变更（致家长）',
    en: 'A shift was moved (to a guardian)',
    smsParts: 2,
    words: {
      sms: {
        body: {
          zh: '{who}家长：{what}，请点 {link} 确认',
          en: 'To a parent of {who}: {what}. Please confirm: {link}',
        },
        withoutLinks: {
          zh: `{who}家长：{what}，请到${door}输入个人码{code}确认`,
          en: `To a parent of {who}: {what}. Please confirm at ${door} with the code {code}`,
        },
      },
      email: mail(
        '活动变更：“{event}”',
        'Moved: {event}',
        '{who}家长，您好！\n\n{what}。\n\n请确认：{link}\n',
        'Dear parent of {who},\n\n{what}.\n\nPlease confirm: {link}\n',
      ),
    },
    valuesOf: (noticed, locale) => {
      const what = changeText(noticed, locale, true)
      return what === undefined ? undefined : { ...common(needs, noticed), what }
    },
  })
}

/** 取消通知 for one shift. */
export function cancellationKind(needs: MessageNeeds): KindDefinition {
  const zh = '取消通知：{who}，{what}{because}取消，请勿前往，感谢支持！'
  const en = 'Cancelled{because}: {who}, {what}. Please do not go there. Thank you!'
  return noticeKind(needs, {
    zh: '岗位取消',
    en: 'A shift was cancelled',
    smsParts: 2,
    words: {
      sms: { body: { zh, en } },
      email: mail('取消通知：“{event}”', 'Cancelled: {event}', `${zh}\n`, `${en}\n`),
    },
    ...cancelled(needs, false),
  })
}

/** 岗位取消 to the guardian of a minor. Asks for nothing, so it has no link. */
export function guardianCancellationKind(needs: MessageNeeds): KindDefinition {
  const zh = '{who}家长：{what}的活动{because}取消，请勿前往。'
  const en = 'To a parent of {who}: {what} is cancelled{because}. Please do not go there.'
  return noticeKind(needs, {
    zh: '活动取消（致家长）',
    en: 'A shift was cancelled (to a guardian)',
    smsParts: 2,
    words: {
      sms: { body: { zh, en } },
      email: mail('取消通知：“{event}”', 'Cancelled: {event}', `${zh}\n`, `${en}\n`),
    },
    ...cancelled(needs, true),
  })
}

/** 岗位调整: taken off by hand, or by a new plan that has no place for them. Asks for nothing, so it has no link. */
export function removalKind(needs: MessageNeeds, guardian: boolean): KindDefinition {
  const zh = guardian
    ? '{who}家长：{what}的活动不再安排孩子参加，请勿前往。'
    : '岗位调整：{who}，{what}不再安排您参加，请勿前往，感谢支持！'
  const en = guardian
    ? 'To a parent of {who}: {what} is no longer planned for your child. Please do not go there.'
    : 'Changed: {who}, you are no longer placed on {what}. Please do not go there. Thank you!'
  return noticeKind(needs, {
    zh: guardian ? '不再安排（致家长）' : '不再安排',
    en: guardian ? 'Taken off a shift (to a guardian)' : 'Taken off a shift',
    smsParts: 2,
    words: {
      sms: { body: { zh, en } },
      email: mail('岗位调整：“{event}”', 'Changed: {event}', `${zh}\n`, `${en}\n`),
    },
    ...cancelled(needs, guardian),
  })
}

/** One text for all shifts of a person that were cancelled together. */
function cancelled(needs: MessageNeeds, child: boolean) {
  const valuesOfAll = (own: readonly [Noticed, ...Noticed[]], locale: Locale): Values[] => {
    const what = cancelledText(own, locale, child)
    const reason = because(own[0].shift?.cancelReason ?? null, locale)
    return what === '' ? [] : [{ ...common(needs, own[0]), what, because: reason }]
  }
  return { valuesOf: (noticed: Noticed, locale: Locale) => valuesOfAll([noticed], locale)[0], valuesOfAll }
}

/** 取消通知 for a whole event. */
export function eventCancellationKind(needs: MessageNeeds, guardian: boolean): KindDefinition {
  const zh = guardian
    ? '{who}家长：{what}{because}取消，请勿前往。'
    : '取消通知：{who}，{what}{because}取消，请勿前往，感谢支持！'
  const en = guardian
    ? 'To a parent of {who}: {what} is cancelled{because}. Please do not go there.'
    : 'Cancelled{because}: {who}, {what}. Please do not go there. Thank you!'
  return noticeKind(needs, {
    zh: guardian ? '活动整体取消（致家长）' : '活动取消',
    en: guardian ? 'An event was cancelled (to a guardian)' : 'An event was cancelled',
    smsParts: 2,
    words: {
      sms: { body: { zh, en } },
      email: mail('取消通知：“{event}”', 'Cancelled: {event}', `${zh}\n`, `${en}\n`),
    },
    valuesOf: (noticed, locale) => {
      const { event } = noticed
      const reason = because(event.cancelReason, locale)
      return { ...common(needs, noticed), what: eventText(event, locale), because: reason }
    },
  })
}
