import { and, asc, eq, gt, gte, inArray, lt, or } from 'drizzle-orm'
import { DateTime } from 'luxon'
import { users } from '#modules/accounts/schema.ts'
import { persons } from '#modules/organisation/schema.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { pages } from '#platform/database/pages.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import type { OutCell } from '#platform/files/index.ts'
import type { Language } from '#platform/http/language.ts'
import { type AccessAction, accessActions, type DisclosureReason, disclosureReasons } from './words.ts'

type Entry = typeof auditEntries.$inferSelect

/** Headings of the yearly list. */
export const accessHeadings: Record<Language, string[]> = {
  zh: ['时间', '事项', '账号', '姓名', '志愿者编号', '原因', '申请编号', '班次', '地址'],
  en: ['Time', 'What', 'Account', 'Name', 'Volunteer no.', 'Reason', 'Request', 'Shift', 'Address'],
}

/**
 * Every access to the data of minors in one year, oldest first, as rows of a spreadsheet. Children are named by their
 * volunteer number only. Read from the audit trail, so it goes back as far as that is kept.
 */
export async function accessRows(
  db: Reader,
  { year, timeZone, language }: { year: number; timeZone: string; language: Language },
): Promise<OutCell[][]> {
  const from = DateTime.fromObject({ year }, { zone: timeZone })
  const rows: OutCell[][] = []
  const next = async (last: Entry | undefined, limit: number) =>
    db
      .select()
      .from(auditEntries)
      .where(
        and(
          inArray(auditEntries.action, Object.keys(accessActions)),
          gte(auditEntries.at, from.toUTC()),
          lt(auditEntries.at, from.plus({ years: 1 }).toUTC()),
          last &&
            or(gt(auditEntries.at, last.at), and(eq(auditEntries.at, last.at), gt(auditEntries.id, last.id))),
        ),
      )
      .orderBy(asc(auditEntries.at), asc(auditEntries.id))
      .limit(limit)
  for await (const entries of pages(next, 500)) {
    const about = entries.filter(
      (entry) => entry.action !== 'person.revealed' || detailsOf(entry).minor === true,
    )
    const names = await namesOf(db, about)
    for (const entry of about) rows.push(rowOf(entry, names, { timeZone, language }))
  }
  return rows
}

interface Details {
  minor?: boolean
  reason?: DisclosureReason
  disclosureId?: string
  shiftId?: string
}

function detailsOf({ details }: Entry): Details {
  return JSON.parse(details) as Details
}

interface Names {
  users: Map<string, { login: string; name: string }>
  numbers: Map<string, string>
}

async function namesOf(db: Reader, entries: readonly Entry[]): Promise<Names> {
  const names: Names = { users: new Map(), numbers: new Map() }
  await inChunks([...new Set(entries.flatMap(({ actorId }) => actorId ?? []))], 500, async (ids) => {
    const rows = await db
      .select({ id: users.id, login: users.login, name: users.name })
      .from(users)
      .where(inArray(users.id, [...ids]))
    for (const { id, ...user } of rows) names.users.set(id, user)
  })
  await inChunks([...new Set(entries.flatMap((entry) => idIn(entry, 'person') ?? []))], 500, async (ids) => {
    const rows = await db
      .select({ id: persons.id, number: persons.volunteerNumber })
      .from(persons)
      .where(inArray(persons.id, [...ids]))
    for (const { id, number } of rows) names.numbers.set(id, number)
  })
  return names
}

function idIn({ subject }: Entry, kind: string): string | undefined {
  return subject.startsWith(`${kind}:`) ? subject.slice(kind.length + 1) : undefined
}

function rowOf(
  entry: Entry,
  names: Names,
  { timeZone, language }: { timeZone: string; language: Language },
): OutCell[] {
  const { reason, disclosureId, shiftId } = detailsOf(entry)
  const user = names.users.get(entry.actorId ?? '')
  return [
    entry.at.setZone(timeZone).toFormat('yyyy-MM-dd HH:mm:ss'),
    accessActions[entry.action as AccessAction][language],
    user?.login,
    user?.name,
    names.numbers.get(idIn(entry, 'person') ?? ''),
    reason && disclosureReasons[reason]?.[language],
    disclosureId ?? idIn(entry, 'disclosure'),
    shiftId,
    entry.address,
  ]
}
