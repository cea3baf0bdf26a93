import { asc, eq, inArray, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import {
  checkingUnit,
  districtOfficesOf,
  holds,
  issueTask,
  officeTime,
  tellOwed,
} from '#modules/command/index.ts'
import { books } from '#modules/command/schema.ts'
import { outOfReach } from '#modules/events/index.ts'
import { units } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import { alias } from '#platform/database/kit.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor, Doing } from '#platform/http/access.ts'
import { eachApart } from '#platform/jobs/each-apart.ts'
import { pictures } from '#platform/pictures/index.ts'
import type { AppContext } from '#src/context.ts'
import { cases, observations, points, standards } from '../schema.ts'
import type { HeldReason } from '../words.ts'
import { answeringFor, openAmong } from './answering.ts'
import { fullCase } from './case-queries.ts'

type CaseRow = typeof cases.$inferSelect
type Context = Pick<AppContext, 'db' | 'now' | 'config'>

/** Pictures are waited for so long; then the case is issued without them (缺照片). */
export const picturesHours = 24

/**
 * Issues a case once its pictures came, or 24 hours are over: its task is owed from now on. What nobody answers for, or nobody
 * could sign off, says so and waits for the office; trying again changes nothing.
 */
export async function issueCase({ db, now, config }: Context, caseId: string): Promise<void> {
  const at = now()
  await db.transaction(async (tx) => {
    const [row] = await tx.select().from(cases).where(eq(cases.id, caseId))
    if (!row || row.taskId) return
    const missing = await missingPictures(tx, caseId)
    if (missing === 'awaited' && at < row.createdAt.plus({ hours: picturesHours })) return
    const issuing = { missing: missing !== null, by: 'system' as const, at, timeZone: config.timeZone }
    const held = await issueNow(tx, row, issuing)
    if (held) await hold(tx, row, held)
  })
}

/** Issues every case whose time has come. For the job. */
export async function issueCases(context: Context, signal: AbortSignal): Promise<void> {
  const waiting = await context.db.read
    .select({ id: cases.id })
    .from(cases)
    .where(isNull(cases.taskId))
    .orderBy(asc(cases.id))
  await eachApart(waiting, ({ id }) => issueCase(context, id), signal)
}

/**
 * Issues a case now, whatever pictures are still awaited: whoever runs the round knows that they will not come.
 * @throws DomainError `case.missing`, `access.out_of_reach`, `version.stale`; conflict `case.nobody_answers`, `case.nobody_checks`
 */
export async function issueByHand(
  tx: Writer,
  { caseId, version, timeZone, by, at }: Doing & { caseId: string; version: number; timeZone: string },
): Promise<void> {
  const { row, issuer } = await fullCase(tx, caseId, by)
  if (!holds(by, 'rounds.run', issuer)) throw outOfReach()
  assertVersion(row, version)
  if (row.taskId) return
  const missing = (await missingPictures(tx, caseId)) !== null
  const held = await issueNow(tx, row, { missing, timeZone, by, at })
  if (held === 'case.nobody_answers')
    throw new DomainError('conflict', 'case.nobody_answers', 'Nobody answers for it: name a unit first.')
  if (held === 'case.nobody_checks')
    throw new DomainError('conflict', 'case.nobody_checks', 'Nobody could sign it off there.')
}

/** @returns why it cannot be issued; null: it is */
async function issueNow(
  tx: Writer,
  row: CaseRow,
  { missing, by, at, timeZone }: { missing: boolean; by: Actor | 'system'; at: DateTime; timeZone: string },
): Promise<HeldReason | null> {
  const { standardId, districtCode, pointId, zoneId } = row
  const found = await answeringFor(tx, { standardId, districtCode, pointId, zoneId }, { at, timeZone })
  // Who was named when it was raised stays, unless the unit was closed meanwhile.
  const stays = row.unitId !== null && (await openAmong(tx, [row.unitId])).has(row.unitId)
  const unitId = stays ? row.unitId : found.unitId
  const answeringStep = stays ? row.answeringStep : found.step
  if (!unitId) return 'case.nobody_answers'
  if (!(await hasChecker(tx, row.bookId, unitId))) return 'case.nobody_checks'
  const office = await officeTime(tx, { timeZone })
  const [standard] = await tx.select().from(standards).where(eq(standards.id, standardId))
  const taskId = await issueTask(
    tx,
    {
      ...{ bookId: row.bookId, kind: 'case', outline: `${row.sequence}`.padStart(3, '0'), unitId, zoneId },
      text: await textOf(tx, row, standard!.text),
      acceptance: standard!.text,
      supportingUnitIds: found.supporting.filter((id) => id !== unitId),
      subject: `case:${row.id}`,
      ...{ foundByUserId: row.foundByUserId, foundByUnitId: row.foundByUnitId, dueClass: standard!.dueClass },
    },
    { office, by, at },
  )
  await updateVersioned(tx, cases, row.id, row.version, {
    ...{ taskId, unitId, answeringStep, heldBecause: null },
    issuedWithoutPicturesAt: missing ? at : null,
  })
  await tellOwed(tx, [unitId], { office, at })
  const details = { taskId, withoutPictures: missing }
  await record(tx, { action: 'case.issued', subject: `case:${row.id}`, by, at, details })
  return null
}

async function hold(tx: Writer, row: CaseRow, heldBecause: HeldReason): Promise<void> {
  if (row.heldBecause === heldBecause) return
  await updateVersioned(tx, cases, row.id, row.version, { heldBecause })
}

/** Whether somebody of another line could sign off what this unit owes. */
export async function hasChecker(db: Reader, bookId: string, unitId: string): Promise<boolean> {
  const [issuing, checking] = [alias(units, 'issuing'), alias(units, 'checking')]
  const [book] = await db
    .select({
      issuer: { id: issuing.id, path: issuing.path },
      checkUnit: { id: checking.id, path: checking.path },
    })
    .from(books)
    .innerJoin(issuing, eq(issuing.id, books.issuerUnitId))
    .leftJoin(checking, eq(checking.id, books.checkUnitId))
    .where(eq(books.id, bookId))
  const [unit] = await db
    .select({ id: units.id, path: units.path, districtCode: units.districtCode })
    .from(units)
    .where(eq(units.id, unitId))
  if (!book || !unit) return false
  const code = unit.districtCode ?? ''
  const districtOffices = code ? ((await districtOfficesOf(db, [code])).get(code) ?? []) : []
  return checkingUnit('case', unit, { ...book, lead: null, districtOffices }) !== null
}

/** Pictures that the phone took of it did not come yet, or none was taken where one is needed; null: nothing is missing. */
async function missingPictures(db: Reader, caseId: string): Promise<'awaited' | 'never_taken' | null> {
  const seen = await db
    .select({ pictureIds: observations.pictureIds, photo: standards.photo })
    .from(observations)
    .innerJoin(standards, eq(standards.id, observations.standardId))
    .where(eq(observations.caseId, caseId))
  const ids = seen.flatMap(({ pictureIds }) => pictureIds)
  if (ids.length === 0) return seen.some(({ photo }) => photo !== 'never') ? 'never_taken' : null
  const there = await db.$count(pictures, inArray(pictures.id, ids))
  return there < new Set(ids).size ? 'awaited' : null
}

/** What the unit reads: where, what, and what the inspector wrote. */
async function textOf(db: Reader, row: CaseRow, standard: string): Promise<string> {
  const [point] = row.pointId
    ? await db.select({ name: points.name }).from(points).where(eq(points.id, row.pointId))
    : []
  const notes = await db
    .select({ note: observations.note })
    .from(observations)
    .where(eq(observations.caseId, row.id))
    .orderBy(asc(observations.sequence), asc(observations.id))
  const said = notes.flatMap(({ note }) => note ?? []).join('；')
  return `${row.number} ${point ? `${point.name}：` : ''}${said || `不符合“${standard}”`}`
}
