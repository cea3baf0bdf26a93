import type { DateTime } from 'luxon'
import { beforeQuietHours, type KindDefinition, type QuietHours } from '#modules/messaging/index.ts'
import { inChunks } from '#platform/database/port.ts'
import { type MessageNeeds, placeValues, placeVariables } from './invitation-kind.ts'
import { tellableAssignments } from './message-facts.ts'

/** How long before a shift its people are reminded, unless that is in quiet hours. */
export const reminderHours = 3
/** How long before quiet hours then, so that the last of thousands of messages still leaves in time. */
const beforeQuietMinutes = 60

/** When people are reminded of a shift, in its event's zone of time. */
export function remindAt(startsAt: DateTime, timeZone: string, quiet: QuietHours | undefined): DateTime {
  const wanted = startsAt.minus({ hours: reminderHours })
  const allowed = beforeQuietHours(wanted, timeZone, quiet)
  return allowed < wanted ? allowed.minus({ minutes: beforeQuietMinutes }) : wanted
}

/** `assignment:ID@MS`: of which start it reminds, so that a shift that has moved since is told anew and not twice. */
export function reminderSubject(assignmentId: string, startsAt: DateTime): string {
  return `assignment:${assignmentId}@${startsAt.toMillis()}`
}

function readSubject(subject: string): { assignmentId: string; startsAtMs: number } {
  const [assignmentId = '', startsAtMs] = subject.replace(/^assignment:/, '').split('@')
  return { assignmentId, startsAtMs: Number(startsAtMs) }
}

/** 岗位提醒 before a shift, to whoever holds a place on it. */
export function reminderKind(needs: MessageNeeds): KindDefinition {
  return {
    zh: '岗位提醒',
    en: 'Reminder of a shift',
    variables: placeVariables(needs.publicUrl),
    words: {
      sms: {
        body: {
          zh: '提醒:“{event}”即将开始。{places} 到场后请打开链接签到;不能来请点婉拒。',
          en: 'Reminder of {event}: {places} Check in there with the link; decline if you cannot come.',
        },
        withoutLinks: {
          zh: '提醒:“{event}”即将开始。{codes} 到场后请用个人代码签到。',
          en: 'Reminder of {event}: {codes} Check in there with your code.',
        },
      },
      email: {
        subject: { zh: '提醒:“{event}”即将开始', en: 'Reminder: {event}' },
        body: {
          zh: '您好:\n\n“{event}”即将开始:\n\n{places}\n\n到场后请打开链接签到;不能来请点婉拒。\n',
          en: 'Hello,\n\n{event} is about to begin:\n\n{places}\n\nCheck in there with the link; decline if you cannot come.\n',
        },
      },
    },
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
    async render(reader, messages, { locale }) {
      const ids = messages.flat().map((subject) => readSubject(subject).assignmentId)
      const places = await tellableAssignments(reader, ids)
      return messages.map((subjects) => {
        const people = subjects.map((subject) => places.get(readSubject(subject).assignmentId))
        return placeValues(
          needs,
          people.map((place) => (place ? [place] : [])),
          locale,
        )
      })
    },
  }
}
