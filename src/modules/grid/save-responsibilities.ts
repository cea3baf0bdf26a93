import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { mergedInto, minorsAmong, personsWithin } from '#modules/organisation/index.ts'
import { persons, units } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, type Doing, may, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { assertZoneWithin } from './change-zone.ts'
import { validitiesOverlap } from './coverage.ts'
import { responsibilities, zones } from './schema.ts'
import { zonesWithin } from './scope.ts'
import type { ResponsibilityLevel } from './words.ts'

export type ResponsibilityRow = typeof responsibilities.$inferSelect

/** One duty as a client or a file states it. The bearer is a unit or a person, never both. */
export interface ResponsibilityInput {
  zoneId: string
  level: ResponsibilityLevel
  unitId?: string
  personId?: string
  scope?: string | null
  duties?: string | null
  /** Default: today. */
  validFrom?: string
  validUntil?: string | null
}

export interface SavedResponsibilities {
  ids: string[]
  created: number
  updated: number
  unchanged: number
}

/**
 * Upserts duties of the register. The key is zone, level, bearer and first day, so the same list twice changes nothing.
 * @param today the current day in the service's time zone: the first day of a duty that states none
 * @throws DomainError `zone.missing`, `unit.missing`, `person.missing`, `responsibility.bearer`,
 *   `responsibility.period`, `responsibility.overlaps_itself`, `responsibility.minor`
 */
export async function saveResponsibilities(
  tx: Writer,
  keys: KeyRing,
  stated: readonly ResponsibilityInput[],
  { by, at, today }: Doing & { today: string },
): Promise<SavedResponsibilities> {
  const inputs = await withCurrentBearers(tx, stated)
  await assertKnown(tx, inputs, by)
  const known = await knownOf(tx, inputs)
  const saved: SavedResponsibilities = { ids: [], created: 0, updated: 0, unchanged: 0 }
  const created: ResponsibilityRow[] = []
  for (const input of inputs) {
    const wanted = rowOf(input, today, at)
    const others = known.get(keyOf(wanted)) ?? []
    const same = others.find(({ validFrom }) => validFrom === wanted.validFrom)
    assertNoOverlap(wanted, others, same)
    saved.ids.push(same?.id ?? wanted.id)
    if (!same) {
      created.push(wanted)
      known.set(keyOf(wanted), [...others, wanted])
      saved.created += 1
    } else if (await update(tx, same, input, created)) saved.updated += 1
    else saved.unchanged += 1
  }
  await assertAdults(tx, keys, created, today)
  await inChunks(created, 200, (chunk) => tx.insert(responsibilities).values(chunk))
  const { ids: _, ...details } = saved
  if (saved.created + saved.updated > 0) {
    await record(tx, { action: 'responsibilities.saved', subject: 'responsibilities', by, at, details })
  }
  return saved
}

/** Replaces the id of a merged person by the id of the person that was kept. */
async function withCurrentBearers(
  db: Reader,
  inputs: readonly ResponsibilityInput[],
): Promise<ResponsibilityInput[]> {
  const became = new Map<string, string>()
  await inChunks([...new Set(inputs.flatMap(({ personId }) => personId ?? []))], 500, async (some) => {
    for (const [id, into] of await mergedInto(db, some)) became.set(id, into)
  })
  return inputs.map((input) => {
    const personId = input.personId && became.get(input.personId)
    return personId ? { ...input, personId } : input
  })
}

function keyOf({ zoneId, level, unitId, personId }: ResponsibilityRow): string {
  return `${zoneId} ${level} ${unitId} ${personId}`
}

function rowOf(input: ResponsibilityInput, today: string, at: DateTime): ResponsibilityRow {
  const { zoneId, level, unitId = null, personId = null, scope = null, duties = null } = input
  if ((unitId === null) === (personId === null)) {
    throw new DomainError('invalid', 'responsibility.bearer', 'Name a unit or a person, and not both.')
  }
  const { validFrom = today, validUntil = null } = input
  assertNotEmpty(validFrom, validUntil)
  return {
    id: newId(),
    zoneId,
    level,
    unitId,
    personId,
    scope,
    duties,
    validFrom,
    validUntil,
    version: 1,
    createdAt: at,
  }
}

/**
 * A person with a duty must be an adult on its first day, or today if it has begun.
 * @throws DomainError conflict `responsibility.minor`
 */
async function assertAdults(
  db: Reader,
  keys: KeyRing,
  rows: readonly ResponsibilityRow[],
  today: string,
): Promise<void> {
  const borne = rows.filter(({ personId }) => personId !== null)
  for (const [day, same] of Map.groupBy(borne, ({ validFrom }) => countedOn(validFrom, today))) {
    const [personId] = await minorsAmong(db, keys, {
      personIds: same.flatMap((row) => row.personId ?? []),
      day,
    })
    if (personId === undefined) continue
    const message = 'Nobody under 18 answers for a zone.'
    throw new DomainError('conflict', 'responsibility.minor', message, { personId })
  }
}

/** The day on which the age of a bearer is computed: the first day of the duty, or today if it has begun. */
export function countedOn(validFrom: string | undefined, today: string): string {
  return validFrom === undefined || validFrom < today ? today : validFrom
}

function assertNotEmpty(validFrom: string, validUntil: string | null): void {
  if (validUntil === null || validFrom < validUntil) return
  throw new DomainError('invalid', 'responsibility.period', 'It must end after it begins.', {
    validFrom,
    validUntil,
  })
}

function assertNoOverlap(
  wanted: ResponsibilityRow,
  others: readonly ResponsibilityRow[],
  same?: ResponsibilityRow,
): void {
  const clash = others.find((other) => other.id !== same?.id && validitiesOverlap(other, wanted))
  if (!clash) return
  const message = 'The same bearer answers for this zone at this level in that time already.'
  throw new DomainError('conflict', 'responsibility.overlaps_itself', message, { id: clash.id })
}

/** Writes the stated fields of a known duty. Returns whether any of them differed. */
async function update(
  tx: Writer,
  same: ResponsibilityRow,
  { scope, duties, validUntil }: ResponsibilityInput,
  created: readonly ResponsibilityRow[],
): Promise<boolean> {
  const stated = { scope, duties, validUntil }
  const set = Object.fromEntries(
    Object.entries(stated).filter(
      ([column, value]) => value !== undefined && value !== same[column as 'scope'],
    ),
  )
  if (Object.keys(set).length === 0) return false
  Object.assign(same, set)
  if (created.includes(same)) return true
  same.version += 1
  await tx
    .update(responsibilities)
    .set({ ...set, version: same.version })
    .where(eq(responsibilities.id, same.id))
  return true
}

async function knownOf(db: Reader, inputs: readonly ResponsibilityInput[]) {
  const known = new Map<string, ResponsibilityRow[]>()
  await inChunks([...new Set(inputs.map(({ zoneId }) => zoneId))], 500, async (zoneIds) => {
    const rows = await db.select().from(responsibilities).where(inArray(responsibilities.zoneId, zoneIds))
    for (const row of rows) known.set(keyOf(row), [...(known.get(keyOf(row)) ?? []), row])
  })
  return known
}

/** Zones must be within the actor's reach, units must exist, people must be visible to the actor. */
async function assertKnown(db: Reader, inputs: readonly ResponsibilityInput[], by: Actor): Promise<void> {
  const within = zonesWithin(reachOf(by, 'responsibilities.edit'))
  await assertThere(
    inputs.map(({ zoneId }) => zoneId),
    'zone.missing',
    (ids) =>
      db
        .select({ id: zones.id })
        .from(zones)
        .where(and(inArray(zones.id, ids), within)),
  )
  await assertThere(
    inputs.flatMap(({ unitId }) => unitId ?? []),
    'unit.missing',
    (ids) => db.select({ id: units.id }).from(units).where(inArray(units.id, ids)),
  )
  const people = inputs.flatMap(({ personId }) => personId ?? [])
  if (people.length === 0) return
  const visible = may(by, 'persons.read') ? personsWithin(db, reachOf(by, 'persons.read')) : undefined
  await assertThere(people, 'person.missing', (ids) =>
    db
      .select({ id: persons.id })
      .from(persons)
      .where(and(inArray(persons.id, ids), isNull(persons.mergedIntoId), isNull(persons.erasedAt), visible)),
  )
}

async function assertThere(
  ids: readonly string[],
  code: string,
  find: (ids: string[]) => PromiseLike<{ id: string }[]>,
): Promise<void> {
  await inChunks([...new Set(ids)], 500, async (some) => {
    const found = new Set((await find(some)).map(({ id }) => id))
    const id = some.find((each) => !found.has(each))
    if (id) throw new DomainError('missing', code, 'What this names does not exist.', { id })
  })
}

/**
 * Changes scope, duties or period of a duty. A duty ends by its `validUntil`; it is never deleted.
 * @throws DomainError `responsibility.missing`, `version.stale`, `responsibility.period`,
 *   `responsibility.overlaps_itself`, `responsibility.minor`
 */
export async function changeResponsibility(
  tx: Writer,
  keys: KeyRing,
  {
    id,
    version,
    changes,
    today,
    by,
    at,
  }: Doing & {
    id: string
    version: number
    today: string
    changes: Pick<Partial<ResponsibilityInput>, 'scope' | 'duties' | 'validFrom' | 'validUntil'>
  },
): Promise<void> {
  const [row] = await tx.select().from(responsibilities).where(eq(responsibilities.id, id))
  const missing = new DomainError('missing', 'responsibility.missing', 'There is no such responsibility.', {
    id,
  })
  if (!row) throw missing
  await assertZoneWithin(tx, reachOf(by, 'responsibilities.edit'), row.zoneId).catch((error: unknown) => {
    throw error instanceof DomainError ? missing : error
  })
  const wanted: ResponsibilityRow = { ...row, ...defined(changes) }
  assertNotEmpty(wanted.validFrom, wanted.validUntil)
  const others = (await knownOf(tx, [{ zoneId: row.zoneId, level: row.level }])).get(keyOf(row)) ?? []
  assertNoOverlap(wanted, others, row)
  if (wanted.validFrom < row.validFrom) await assertAdults(tx, keys, [wanted], today)
  await updateVersioned(tx, responsibilities, id, version, changes)
  const details = { changed: Object.keys(changes).sort() }
  await record(tx, { action: 'responsibility.changed', subject: `responsibility:${id}`, by, at, details })
}

function defined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T
}
