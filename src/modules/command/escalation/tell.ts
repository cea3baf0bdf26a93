import { inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { type MessageRequest, queueMessages, type Subject } from '#modules/messaging/index.ts'
import { contactsFor } from '#modules/mobilization/index.ts'
import { units } from '#modules/organisation/schema.ts'
import { addWorkdays, isWorkday } from '#platform/calendar/rules.ts'
import type { Writer } from '#platform/database/port.ts'
import { dayIn } from '#platform/time.ts'
import type { OfficeTime } from '../due-rules.ts'
import { checkingUnit, decidingUnits } from '../tasks/sign-off-rules.ts'
import { districtOfficesOf, type FullTask } from '../tasks/task-queries.ts'
import type { Escalation } from './escalate-types.ts'
import { digestKind } from './kinds.ts'
import { subject } from './subjects.ts'

/** When a digest leaves, on a working day. */
const digestAt = { hour: 8, minute: 30 }

interface When {
  office: OfficeTime
  at: DateTime
}

interface Telling {
  unitId: string
  who: 'liaison' | 'head'
  subject: Subject
}

/**
 * Puts what was escalated into the next digest of each person whom it concerns: the liaison before it is due, liaison and head
 * when it is, then the lead unit and the office of the district. A person gets one digest a day, whatever is in it.
 */
export async function tellEscalated(tx: Writer, found: readonly Escalation[], when: When): Promise<void> {
  const districts = found.flatMap(({ full }) => full.unit.districtCode ?? [])
  const offices = await districtOfficesOf(tx, districts)
  const tellings = found.flatMap(({ full, level }): Telling[] => {
    const { unit, lead } = full
    const owed = { unitId: unit.id, subject: subject('tasks_owed', unit.id) }
    if (level === 1) return [{ ...owed, who: 'liaison' }]
    if (level === 2)
      return [
        { ...owed, who: 'liaison' },
        { ...owed, who: 'head', subject: subject('tasks_owed_head', unit.id) },
      ]
    if (level === 4) return []
    const above = [...(lead ? [lead.id] : []), ...(offices.get(unit.districtCode ?? '') ?? [])]
    return above.map((unitId) => ({ unitId, who: 'liaison', subject: subject('tasks_led', unitId) }))
  })
  await putIntoDigests(tx, tellings, when)
}

/** Tells the units that check that reports have been waiting for three working days. */
export async function tellUnchecked(tx: Writer, waiting: readonly FullTask[], when: When): Promise<void> {
  const tellings = waiting.flatMap((full): Telling[] => {
    const checker = checkingUnit(full.task.kind, full.unit, full)
    if (!checker) return []
    return [{ unitId: checker.id, who: 'liaison', subject: subject('tasks_checked', checker.id) }]
  })
  await putIntoDigests(tx, tellings, when)
}

/** Tells the units that may decide on disputes that these have been waiting into their second working day. */
export async function tellUndecided(tx: Writer, waiting: readonly FullTask[], when: When): Promise<void> {
  const tellings = waiting.flatMap((full) =>
    decidingUnits(full).map((unitId): Telling => {
      return { unitId, who: 'liaison', subject: subject('tasks_disputed', unitId) }
    }),
  )
  await putIntoDigests(tx, tellings, when)
}

/** Tells the liaisons of units, with the next digest, that something new is owed. */
export async function tellOwed(tx: Writer, unitIds: readonly string[], when: When): Promise<void> {
  const tellings = unitIds.map((unitId): Telling => {
    return { unitId, who: 'liaison', subject: subject('tasks_owed', unitId) }
  })
  await putIntoDigests(tx, tellings, when)
}

async function putIntoDigests(tx: Writer, tellings: readonly Telling[], when: When): Promise<void> {
  if (tellings.length === 0) return
  const ids = [...new Set(tellings.map(({ unitId }) => unitId))]
  const rows = await tx
    .select({ id: units.id, liaison: units.liaisonPersonId, head: units.leaderPersonId })
    .from(units)
    .where(inArray(units.id, ids))
  const people = new Map(rows.map((row) => [row.id, row]))
  const told = tellings.flatMap(({ unitId, who, subject }) => {
    const personId = people.get(unitId)?.[who]
    return personId ? [{ personId, subject }] : []
  })
  const contacts = await contactsFor(
    tx,
    [...new Set(told.map(({ personId }) => personId))].map((personId) => ({ personId, minor: false })),
  )
  const notBefore = nextDigest(when)
  const day = dayIn(notBefore, when.office.zone)
  const requests = told.flatMap(({ personId, subject }): MessageRequest[] => {
    const contactId = contacts.get(personId)?.contactId
    if (!contactId) return []
    const subjects = [{ subject, personId }]
    const expiresAt = notBefore.plus({ hours: 12 })
    const groupKey = `task_digest:${day}`
    const fixed = { generation: 1, eventId: null, lane: 'invitation' as const }
    return [{ kind: digestKind, contactId, groupKey, subjects, notBefore, expiresAt, ...fixed }]
  })
  await queueMessages(tx, requests, when.at)
}

/** The next half past eight of a working day. */
export function nextDigest({ office: { calendar, zone }, at }: When): DateTime {
  const today = dayIn(at, zone)
  const on = (day: string) => {
    const [year, month, date] = day.split('-').map(Number) as [number, number, number]
    return at.setZone(zone).set({ year, month, day: date }).startOf('day').set(digestAt).toUTC()
  }
  if (isWorkday(calendar, today) && at < on(today)) return on(today)
  return on(addWorkdays(calendar, today, 1).day)
}
