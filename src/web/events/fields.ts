import type { changeEvent, createEvent, EventDetail } from '../api/operations.ts'
import { changedFields } from '../core/draft.ts'
import type { InputOf } from '../core/operation.ts'
import type { Refused } from '../core/refused.ts'
import { instantOf, isZone, type Wall, wallOf } from '../core/time.ts'
import type { Named } from '../ui/office/remote-select.tsx'
import type { Words } from '../words/index.ts'

/** What somebody edits of an event. Times are what clocks in its zone show. */
export type EventFields = {
  name: string
  theme: string
  organiser: Named | null
  campaign: Named | null
  startsAt: Wall | null
  endsAt: Wall | null
  timeZone: string
  minorsPerAdult: number | null
  ownUnit: 'hard' | 'preferred'
  description: string
}
export type EventField = keyof EventFields & string

type Creation = InputOf<typeof createEvent>['body']
type Change = InputOf<typeof changeEvent>['body']

export const newEvent = (timeZone: string): EventFields => ({
  name: '',
  theme: '',
  organiser: null,
  campaign: null,
  startsAt: null,
  endsAt: null,
  timeZone,
  minorsPerAdult: 10,
  ownUnit: 'preferred',
  description: '',
})

export function fieldsOf(event: EventDetail): EventFields {
  const { name, theme, description, organiser, campaign, timeZone, startsAt, endsAt } = event
  return {
    name,
    theme: theme ?? '',
    organiser,
    campaign,
    startsAt: wallOf(startsAt, timeZone),
    endsAt: wallOf(endsAt, timeZone),
    timeZone,
    minorsPerAdult: event.minorsPerAdult,
    ownUnit: event.ownUnit,
    description: description ?? '',
  }
}

/** What is wrong with a field before anything is sent; the service has the last word. */
export function problemsOf(fields: EventFields, w: Words): Partial<Record<EventField, string>> {
  const { name, organiser, startsAt, endsAt, timeZone, minorsPerAdult } = fields
  const between = w.field.between(1, 30)
  const problems: [EventField, string | false][] = [
    ['name', name.trim() === '' && w.field.missing],
    ['organiser', organiser === null && w.field.missing],
    ['startsAt', startsAt === null && w.field.missing],
    ['endsAt', endsAt === null && w.field.missing],
    ['timeZone', !isZone(timeZone) && w.field.invalid],
    ['minorsPerAdult', !(minorsPerAdult && minorsPerAdult >= 1 && minorsPerAdult <= 30) && between],
  ]
  return Object.fromEntries(problems.filter(([, problem]) => problem))
}

/** The fields as the service takes them. Only for fields without problems. */
export function bodyOf(fields: EventFields): Creation {
  const { organiser, campaign, startsAt, endsAt, timeZone, minorsPerAdult, ownUnit } = fields
  return {
    name: fields.name.trim(),
    theme: fields.theme.trim() || null,
    description: fields.description.trim() || null,
    organiserUnitId: organiser?.id ?? '',
    campaignId: campaign?.id ?? null,
    timeZone,
    startsAt: instantOf(startsAt ?? '', timeZone),
    endsAt: instantOf(endsAt ?? '', timeZone),
    minorsPerAdult: minorsPerAdult ?? 0,
    ownUnit,
  }
}

/** What is sent for each field. A zone that changes moves the moments that its clocks show. */
const sent: Record<EventField, readonly (keyof Change)[]> = {
  name: ['name'],
  theme: ['theme'],
  organiser: ['organiserUnitId'],
  campaign: ['campaignId'],
  startsAt: ['startsAt'],
  endsAt: ['endsAt'],
  timeZone: ['timeZone', 'startsAt', 'endsAt'],
  minorsPerAdult: ['minorsPerAdult'],
  ownUnit: ['ownUnit'],
  description: ['description'],
}

/** Only what differs from `base`. */
export function changeOf(base: EventFields, fields: EventFields): Change {
  const body = bodyOf(fields)
  const keys = new Set(changedFields(base, fields).flatMap((field) => sent[field]))
  return Object.fromEntries([...keys].map((key) => [key, body[key]]))
}

/** The field a refusal is about, where it is about one. */
export function fieldOf({ problem: { code, violations } }: Refused): EventField | undefined {
  const at = violations?.[0]?.at.split('/')[2]
  const sentAs = (Object.keys(sent) as EventField[]).find((field) => sent[field][0] === at)
  if (sentAs) return sentAs
  const [thing] = code.split('.')
  return (
    {
      period: 'endsAt',
      unit: 'organiser',
      campaign: 'campaign',
      time_zone: 'timeZone',
      instant: 'startsAt',
    } as const
  )[thing ?? '']
}
