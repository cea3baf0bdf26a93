import type { KindDefinition, Words } from '#modules/messaging/index.ts'
import { namesApart } from '#modules/organisation/index.ts'
import { stillDue } from '../invitees.ts'
import { subjectId } from '../subjects.ts'
import { tellableOf } from './message-facts.ts'
import { doorOf, type MessageNeeds, placeValues, placeVariables } from './place-values.ts'
import { readersOfParts } from './readers.ts'

/** 岗位邀请. The subjects are `participation:ID`. */
export function invitationKind(needs: MessageNeeds): KindDefinition {
  const door = doorOf(needs.publicUrl)
  const words: Record<'sms' | 'email', Words> = {
    sms: {
      body: {
        zh: '{who}：{what}，能否参加请点 {link}',
        en: '{who}: {what}. Will you come? {link}',
      },
      withoutLinks: {
        zh: `{who}：{what}，能否参加请到${door}输入个人码{code}答复`,
        en: `{who}: {what}. Will you come? Answer at ${door} with the code {code}`,
      },
    },
    email: {
      subject: { zh: '诚邀您参加“{event}”', en: 'You are invited to {event}' },
      body: {
        zh: '{who}，您好！\n\n诚邀您参加“{event}”：{what}。\n\n能否参加请点：{link}\n\n参加与否全凭自愿，无需说明理由。链接仅限本人使用，请勿转发。\n',
        en: 'Hello {who},\n\nyou are invited to {event}: {what}.\n\nPlease open the link and answer: {link}\n\nIt is up to you, and no reason is needed. The link is for you alone; do not forward it.\n',
      },
    },
  }
  return { zh: '岗位邀请', en: 'Invitation to a shift', smsParts: 2, words, ...invitation(needs) }
}

/** The invitation to a minor's guardian, who consents or refuses. */
export function guardianInvitationKind(needs: MessageNeeds): KindDefinition {
  const door = doorOf(needs.publicUrl)
  const words: Record<'sms' | 'email', Words> = {
    sms: {
      body: {
        zh: '{who}家长：学校{outing}，同意与否请点 {link}',
        en: 'To a parent of {who}: {what}. Do you consent? {link}',
      },
      withoutLinks: {
        zh: `{who}家长：学校{outing}，同意与否请到${door}输入个人码{code}答复`,
        en: `To a parent of {who}: {what}. Do you consent? Answer at ${door} with the code {code}`,
      },
    },
    email: {
      subject: { zh: '请家长确认：“{event}”', en: 'Your consent: {event}' },
      body: {
        zh: '{who}家长，您好！\n\n学校组织孩子参加“{event}”：{what}。\n\n同意与否请点：{link}\n\n参加与否全凭自愿，无需说明理由。链接仅限家长使用，请勿转发。\n',
        en: 'Dear parent of {who},\n\nthe school invites your child to {event}: {what}.\n\nPlease say whether you consent: {link}\n\nIt is up to you, and no reason is needed. The link is for you alone; do not forward it.\n',
      },
    },
  }
  return {
    zh: '活动告知（致家长）',
    en: 'Invitation (to a guardian)',
    smsParts: 2,
    words,
    ...invitation(needs),
  }
}

function invitation(
  needs: MessageNeeds,
): Pick<KindDefinition, 'variables' | 'stillDue' | 'readersOf' | 'render'> {
  return {
    variables: placeVariables(needs.publicUrl),
    stillDue,
    readersOf: (reader, subjects) =>
      readersOfParts(reader, new Map(subjects.map((each) => [each, subjectId('participation', each)]))),
    async render(reader, messages, { locale }) {
      const ids = messages.flat().map((each) => subjectId('participation', each))
      const places = await tellableOf(reader, ids)
      const called = await namesApart(
        reader,
        [...places.values()].flatMap((own) => own.map(({ personId }) => personId)),
      )
      return messages.map((subjects) =>
        subjects.flatMap((subject) => {
          const own = places.get(subjectId('participation', subject)) ?? []
          const values = placeValues(needs, own, { called, locale })
          return values ? [values] : []
        }),
      )
    },
  }
}
