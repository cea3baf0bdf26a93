import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { personsWithin } from '#modules/organisation/index.ts'
import { persons, units } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, may, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { assertZoneWithin } from './change-zone.ts'
import { validitiesOverlap } from './coverage.ts'
import { responsibilities, zones } from './schema.ts'
import { zonesWithin } from './scope.ts'
import type { ResponsibilityLevel } from './words.ts'

export type ResponsibilityRow = typeof responsibilities.$inferSelect

interface Doing {
  by: Actor
  at: DateTime
}

/** One duty as somebody states it: the bearer is a unit or a person, never both. */
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
 * Writes duties into the register. One that is known (same zone, level, bearer and first day) is brought in
 * line, so that the same list again changes nothing.
 * @param today where the service is at home: when a duty begins that names no day
 * @throws DomainError `zone.missing`, `unit.missing`, `person.missing`, `responsibility.bearer`,
 *   `responsibility.period`, `responsibility.overlaps-itself`
 */
export async function saveResponsibilities(
  tx: Writer,
  inputs: readonly ResponsibilityInput[],
  { by, at, today }: Doing & { today: string },
): Promise<SavedResponsibilities> {
  await refuseUnknown(tx, inputs, by)
  const known = await knownOf(tx, inputs)
  const saved: SavedResponsibilities = { ids: [], created: 0, updated: 0, unchanged: 0 }
  const created: ResponsibilityRow[] = []
  for (const input of inputs) {
    const wanted = rowOf(input, today, at)
    const others = known.get(keyOf(wanted)) ?? []
    const same = others.find(({ validFrom }) => validFrom === wanted.validFrom)
    refuseOverlap(wanted, others, same)
    saved.ids.push(same?.id ?? wanted.id)
    if (!same) {
      created.push(wanted)
      known.set(keyOf(wanted), [...others, wanted])
      saved.created += 1
    } else if (await update(tx, same, input, created)) saved.updated += 1
    else saved.unchanged += 1
  }
  await inChunks(created, 200, (chunk) => tx.insert(responsibilities).values(chunk))
  const { ids: _, ...details } = saved
  if (saved.created + saved.updated > 0) {
    await record(tx, { action: 'responsibilities.saved', subject: 'responsibilities', by, at, details })
  }
  return saved
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
  refuseEmpty(validFrom, validUntil)
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

function refuseEmpty(validFrom: string, validUntil: string | null): void {
  if (validUntil === null || validFrom < validUntil) return
  throw new DomainError('invalid', 'responsibility.period', 'It must end after it begins.', {
    validFrom,
    validUntil,
  })
}

function refuseOverlap(
  wanted: ResponsibilityRow,
  others: readonly ResponsibilityRow[],
  same?: ResponsibilityRow,
): void {
  const clash = others.find((other) => other.id !== same?.id && validitiesOverlap(other, wanted))
  if (!clash) return
  const message = 'The same bearer answers for this zone at this level in that time already.'
  throw new DomainError('conflict', 'responsibility.overlaps-itself', message, { id: clash.id })
}

/** Sets what the input states. Returns whether it says anything new. */
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

/** Zones within reach, units that are there, people one may see. */
async function refuseUnknown(db: Reader, inputs: readonly ResponsibilityInput[], by: Actor): Promise<void> {
  const within = zonesWithin(reachOf(by, 'responsibilities.edit'))
  await refuseMissing(
    inputs.map(({ zoneId }) => zoneId),
    'zone.missing',
    (ids) =>
      db
        .select({ id: zones.id })
        .from(zones)
        .where(and(inArray(zones.id, ids), within)),
  )
  await refuseMissing(
    inputs.flatMap(({ unitId }) => unitId ?? []),
    'unit.missing',
    (ids) => db.select({ id: units.id }).from(units).where(inArray(units.id, ids)),
  )
  const people = inputs.flatMap(({ personId }) => personId ?? [])
  if (people.length === 0) return
  const visible = may(by, 'persons.read') ? personsWithin(db, reachOf(by, 'persons.read')) : undefined
  await refuseMissing(people, 'person.missing', (ids) =>
    db
      .select({ id: persons.id })
      .from(persons)
      .where(and(inArray(persons.id, ids), isNull(persons.mergedIntoId), isNull(persons.erasedAt), visible)),
  )
}

async function refuseMissing(
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
 * Changes scope, duties or period of a duty. It ends by getting a last day; it is never deleted.
 * @throws DomainError `responsibility.missing`, `version.stale`, `responsibility.period`,
 *   `responsibility.overlaps-itself`
 */
export async function changeResponsibility(
  tx: Writer,
  {
    id,
    version,
    changes,
    by,
    at,
  }: Doing & {
    id: string
    version: number
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
  refuseEmpty(wanted.validFrom, wanted.validUntil)
  const others = (await knownOf(tx, [{ zoneId: row.zoneId, level: row.level }])).get(keyOf(row)) ?? []
  refuseOverlap(wanted, others, row)
  const changed = await tx
    .update(responsibilities)
    .set({ ...changes, version: version + 1 })
    .where(and(eq(responsibilities.id, id), eq(responsibilities.version, version)))
    .returning({ id: responsibilities.id })
  if (changed.length === 0) throw new DomainError('stale', 'version.stale', 'Somebody changed this since.')
  const details = { changed: Object.keys(changes).sort() }
  await record(tx, { action: 'responsibility.changed', subject: `responsibility:${id}`, by, at, details })
}

function defined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T
}
