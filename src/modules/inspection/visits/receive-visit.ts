import { and, asc, eq, inArray, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { readInstant } from '#modules/events/index.ts'
import { record } from '#platform/audit/index.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { raiseCases } from '../cases/raise-cases.ts'
import { settleRechecks } from '../cases/recheck.ts'
import type { Today } from '../rounds/concerns.ts'
import { observations, standards, visits, visitUploads } from '../schema.ts'
import type { StandardRow } from '../schemes/standard-queries.ts'
import { pairsOf, seesTooLittle } from '../scoring/scoring-rules.ts'
import type { VisitUpload } from './contract.ts'
import { judgeEntries, type TakenEntry, unseenOf } from './judge-rules.ts'
import { type Looked, lookedAt } from './looked-at.ts'
import { placeOfVisit } from './place-of-visit.ts'
import type { RefusedEntry } from './tables.ts'

/** Beyond this, a visit that sees too little is not repeated any more. */
const attemptsMax = 3

/** What was there, and who was there; whoever brings it may be somebody else. */
type Receiving = Doing & Today & { input: VisitUpload; inspectorUserId: string }
type Taking = Receiving & { receivedAt: DateTime }

/**
 * Takes what a phone brings home, once for its operation id. Entries that do not fit are answered one by one and kept word for
 * word; a visit that cannot be one at all (not drawn, by somebody of that line, before its opening) is held as a whole until an
 * office has looked at it.
 * @returns the id of the upload, and of the cases that it raised
 * @throws DomainError conflict `upload.operation_taken`
 */
export async function receiveVisit(
  tx: Writer,
  receiving: Receiving,
): Promise<{ uploadId: string; caseIds: string[] }> {
  const { input, inspectorUserId, by, at } = receiving
  const [there] = await tx.select().from(visitUploads).where(eq(visitUploads.operationId, input.operationId))
  if (there) return { uploadId: same(there, receiving), caseIds: [] }
  const uploadId = newId()
  const taking = { ...receiving, receivedAt: at }
  const looked = await lookedAt(tx, taking)
  const sent = {
    id: uploadId,
    operationId: input.operationId,
    userId: inspectorUserId,
    body: input,
    receivedAt: at,
  }
  if ('code' in looked) {
    const pictureIds = [...new Set(input.observations.flatMap(({ pictureIds = [] }) => pictureIds))]
    const refused: RefusedEntry[] = [{ entry: null, code: looked.code, kept: false, pictureIds }]
    await tx.insert(visitUploads).values({ ...sent, refused, lost: 1 })
    const details = { code: looked.code, ...broughtFor(receiving) }
    await record(tx, { action: 'visit.held', subject: `upload:${uploadId}`, by, at, details })
    return { uploadId, caseIds: [] }
  }
  const { visitId, caseIds, remarks } = await takeVisit(tx, looked, taking)
  const lost = remarks.filter(({ kept }) => !kept).length
  await tx.insert(visitUploads).values({ ...sent, visitId, refused: remarks, lost })
  const details = {
    ...{ observations: input.observations.length, remarks: remarks.length },
    ...broughtFor(receiving),
  }
  await record(tx, { action: 'visit.received', subject: `visit:${visitId}`, by, at, details })
  return { uploadId, caseIds }
}

/** Whose visit it is, where somebody else brings it. */
const broughtFor = ({ inspectorUserId, by }: Receiving) =>
  inspectorUserId === by.userId ? {} : { inspectorUserId }

const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => [key, plain(each)])
}

/** The same upload sent again; anything else under its id would be lost without a word. */
function same(there: typeof visitUploads.$inferSelect, { input, inspectorUserId }: Receiving): string {
  const equal = JSON.stringify(plain(there.body)) === JSON.stringify(plain(input))
  if (there.userId === inspectorUserId && equal) return there.id
  throw new DomainError('conflict', 'upload.operation_taken', 'Something else was sent under this id.')
}

/**
 * Makes a visit of what was looked at, with its cases.
 * @returns its id, those of its cases, and what is to be told of single entries
 */
export async function takeVisit(tx: Writer, looked: Looked, taking: Taking) {
  const { input, inspectorUserId, by, at } = taking
  const known = await standardsSent(tx, looked, input)
  const { taken, remarks } = judgeEntries(input.observations, {
    schemeId: looked.schemeId,
    pointClass: looked.pointClass,
    standards: new Map(known.map((standard) => [standard.id, standard])),
  })
  const scoring = scoreOf(looked, taken, known)
  const visitId = await writeVisit(tx, looked, { ...taking, set: scoring.set })
  const rows = taken.map(({ entry: _, ...one }) => ({ ...one, id: newId(), visitId, createdAt: at }))
  await inChunks(rows, 100, async (some) => {
    await tx.insert(observations).values(some)
  })
  if (scoring.repeat) await repeat(tx, looked, at)
  const failures = rows
    .filter(({ score }) => score !== null && score < 1)
    .map(({ id, standardId }) => ({ observationId: id, standardId }))
  const { round, schemeId, pointId, zoneId, districtCode, inspectorUnitId } = looked
  const finder = { finderUserId: inspectorUserId, finderUnitId: inspectorUnitId }
  const found = { visitId, round, schemeId, pointId, zoneId, districtCode, ...finder }
  const { timeZone } = taking
  const caseIds = await raiseCases(tx, { ...found, source: sourceOf(looked) }, failures, { by, at, timeZone })
  if (looked.role === 'recheck') await settleRechecks(tx, visitId, rows)
  return { visitId, caseIds, remarks: [...looked.remarks, ...remarks] }
}

function sourceOf({ role, round }: Looked) {
  if (role === 'patrol' || role === 'recheck') return role
  return round?.kind === 'self_test' ? 'self_test' : 'sample'
}

/** What was sent, and what the class asks for. */
async function standardsSent(
  db: Reader,
  { schemeId, pointClass }: Looked,
  { observations: sent }: VisitUpload,
): Promise<StandardRow[]> {
  const named = inArray(standards.id, [...new Set(sent.map(({ standardId }) => standardId))])
  const ofClass = pointClass
    ? and(eq(standards.schemeId, schemeId), inArray(standards.pointClass, [pointClass, 'common']))
    : undefined
  return db.select().from(standards).where(or(named, ofClass)).orderBy(asc(standards.position))
}

/** Scores are of drawn points alone, and frozen now; after the closure of the round there are none. */
function scoreOf(looked: Looked, taken: readonly TakenEntry[], known: readonly StandardRow[]) {
  const drawn = looked.role === 'sample' || looked.role === 'reserve'
  const asked = known.filter(
    ({ schemeId, pointClass }) =>
      schemeId === looked.schemeId && (pointClass === 'common' || pointClass === looked.pointClass),
  )
  const unseen = drawn ? unseenOf(taken, asked) : taken.filter(({ answer }) => answer === 'not_seen').length
  const valid = taken.filter(({ score }) => score !== null).length
  const notApplicable = taken.filter(({ answer }) => answer === 'not_applicable').length
  const weightOf = new Map(known.map(({ id, weight }) => [id, weight]))
  const { balanced, pooled } = pairsOf(
    taken.map(({ standardId, score }) => ({ standardId, weight: weightOf.get(standardId)!, x: score })),
  )
  const scores =
    drawn && !looked.afterClosure && valid > 0
      ? {
          ...{ balancedEarned: balanced.earned, balancedPossible: balanced.possible },
          ...{ pooledEarned: pooled.earned, pooledPossible: pooled.possible },
        }
      : {}
  return {
    set: { ...scores, valid, notApplicable, unseen },
    repeat: drawn && !looked.afterClosure && seesTooLittle({ seen: valid, notSeen: unseen }),
  }
}

async function writeVisit(
  tx: Writer,
  looked: Looked,
  { input, inspectorUserId, receivedAt, at, set }: Taking & { set: Partial<typeof visits.$inferInsert> },
): Promise<string> {
  const offset = input.clockOffsetSeconds ?? 0
  const corrected = (iso: string): DateTime => readInstant(iso).minus({ seconds: offset })
  const home = {
    ...{ startedAt: corrected(input.startedAt), endedAt: corrected(input.endedAt), receivedAt },
    ...{ afterClosure: looked.afterClosure, place: await placeOfVisit(tx, looked, input) },
    ...set,
  }
  const { visit } = looked
  if (visit) {
    await updateVersioned(tx, visits, visit.id, visit.version, home)
    return visit.id
  }
  const { schemeId, pointId, zoneId, districtCode, pointClass, inspectorUnitId } = looked
  const id = newId()
  await tx.insert(visits).values({
    ...{ id, schemeId, pointId, zoneId, districtCode, pointClass, inspectorUnitId },
    ...{ role: 'patrol', attempt: 1, inspectorUserId, createdAt: at, ...home },
  })
  return id
}

/** More than a fifth was not seen: somebody goes again. */
async function repeat(tx: Writer, { visit }: Looked, at: DateTime): Promise<void> {
  if (!visit || visit.attempt >= attemptsMax) return
  const { roundId, schemeId, pointId, zoneId, districtCode, pointClass, role, inclusion, drawOrder } = visit
  await tx
    .insert(visits)
    .values({
      ...{ id: newId(), roundId, schemeId, pointId, zoneId, districtCode, pointClass, role, inclusion },
      ...{ drawOrder, attempt: visit.attempt + 1, createdAt: at },
    })
    .onConflictDoNothing()
}
