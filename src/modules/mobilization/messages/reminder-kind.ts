import type { DateTime } from 'luxon'
import { beforeQuietHours, type KindDefinition, type QuietHours } from '#modules/messaging/index.ts'
import { namesApart } from '#modules/organisation/index.ts'
import { inChunks } from '#platform/database/port.ts'
import { subject, subjectId } from '../subjects.ts'
import { tellableAssignments } from './message-facts.ts'
import { doorOf, type MessageNeeds, placeValues, placeVariables } from './place-values.ts'
import { readersOfParts } from './readers.ts'

/** Hours before a shift at which its people are reminded, outside quiet hours. */
export const reminderHours = 3
/**
 * Minutes before quiet hours for a reminder that would fall into them, so that thousands of messages are sent in time.
 */
const beforeQuietMinutes = 60

/** When to send the reminder of a shift, in the event's time zone. */
export function remindAt(startsAt: DateTime, timeZone: string, quiet: QuietHours | undefined): DateTime {
  const wanted = startsAt.minus({ hours: reminderHours })
  const allowed = beforeQuietHours(wanted, timeZone, quiet)
  return allowed < wanted ? allowed.minus({ minutes: beforeQuietMinutes }) : wanted
}

/**
 * The subject `assignment:ID@MS` contains the start, so a shift that was moved gets a new reminder and no repetition.
 */
export function reminderSubject(assignmentId: string, startsAt: DateTime) {
  return subject('assignment', `${assignmentId}@${startsAt.toMillis()}`)
}

function readSubject(stored: string): { assignmentId: string; startsAtMs: number } {
  const [assignmentId = '', startsAtMs] = subjectId('assignment', stored).split('@')
  return { assignmentId, startsAtMs: Number(startsAtMs) }
}

/** 岗位提醒: the reminder before a shift to the people who hold a place on it. */
export function reminderKind(needs: MessageNeeds): KindDefinition {
  const door = doorOf(needs.publicUrl)
  return {
    zh: '岗位提醒',
    en: 'Reminder of a shift',
    smsParts: 2,
    words: {
      sms: {
        body: {
          zh: '{who}：{what}，签到/请假点 {link}',
          en: '{who}: {what}. Check in, or tell us that you cannot come: {link}',
        },
        withoutLinks: {
          zh: `{who}：{what}，签到/请假请到${door}输入个人码{code}`,
          en: `{who}: {what}. Check in, or tell us that you cannot come, at ${door} with the code {code}`,
        },
      },
      email: {
        subject: { zh: '提醒：“{event}”即将开始', en: 'Reminder: {event}' },
        body: {
          zh: '{who}，您好！\n\n“{event}”即将开始：{what}。\n\n签到或请假请点：{link}\n',
          en: 'Hello {who},\n\n{event} is about to begin: {what}.\n\nCheck in, or tell us that you cannot come: {link}\n',
        },
      },
    },
    ...reminder(needs),
  }
}

/** The reminder to a minor's guardian, without check-in, because a guardian's page cannot check in. */
export function guardianReminderKind(needs: MessageNeeds): KindDefinition {
  const door = doorOf(needs.publicUrl)
  return {
    zh: '活动提醒（致家长）',
    en: 'Reminder (to a guardian)',
    smsParts: 2,
    words: {
      sms: {
        body: {
          zh: '{who}家长：孩子{outing}，如需请假请点 {link}',
          en: 'To a parent of {who}: {what}. If your child cannot come: {link}',
        },
        withoutLinks: {
          zh: `{who}家长：孩子{outing}，如需请假请到${door}输入个人码{code}`,
          en: `To a parent of {who}: {what}. If your child cannot come, tell us at ${door} with the code {code}`,
        },
      },
      email: {
        subject: { zh: '提醒：“{event}”即将开始', en: 'Reminder: {event}' },
        body: {
          zh: '{who}家长，您好！\n\n孩子将参加“{event}”：{what}。\n\n如需请假请点：{link}\n',
          en: 'Dear parent of {who},\n\nyour child takes part in {event}: {what}.\n\nIf your child cannot come: {link}\n',
        },
      },
    },
    ...reminder(needs),
  }
}

function reminder(
  needs: MessageNeeds,
): Pick<KindDefinition, 'variables' | 'stillDue' | 'readersOf' | 'render'> {
  return {
    variables: placeVariables(needs.publicUrl),
    async stillDue(reader, subjects, now) {
      const due = new Set<string>()
      await inChunks(subjects, 500, async (some) => {
        const found = await tellableAssignments(
          reader,
          some.map((subject) => readSubject(subject).assignmentId),
        )
        for (const subject of some) {
          const { assignmentId, startsAtMs } = readSubject(subject)
          const place = found.get(assignmentId)
          const same = place?.shift.startsAt.toMillis() === startsAtMs
          if (place && same && place.shift.startsAt > now && !place.participation.linkRevokedAt)
            due.add(subject)
        }
      })
      return due
    },
    async readersOf(reader, subjects) {
      const ids = subjects.map((each) => readSubject(each).assignmentId)
      const places = await tellableAssignments(reader, ids)
      const partOf = subjects.flatMap((each): [string, string][] => {
        const place = places.get(readSubject(each).assignmentId)
        return place ? [[each, place.participation.id]] : []
      })
      return readersOfParts(reader, new Map(partOf))
    },
    async render(reader, messages, { locale, now }) {
      const ids = messages.flat().map((subject) => readSubject(subject).assignmentId)
      const places = await tellableAssignments(reader, ids)
      const called = await namesApart(
        reader,
        [...places.values()].map(({ personId }) => personId),
      )
      return messages.map((subjects) =>
        subjects.flatMap((subject) => {
          const place = places.get(readSubject(subject).assignmentId)
          const values = place && placeValues(needs, [place], { called, locale, now })
          return values ? [values] : []
        }),
      )
    },
  }
}
