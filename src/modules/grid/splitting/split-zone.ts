import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Doing, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import type { PreviewedAct, Seen } from '#platform/previews/index.ts'
import { assertZoneWithin, createZone, zoneRow } from '../change-zone.ts'
import { readBoundary } from '../read-boundary.ts'
import { dutiesBeyond } from '../responsibility-queries.ts'
import { settleAll, type ZoneRow } from '../save-zones.ts'
import { responsibilities, zones } from '../schema.ts'
import type { ZoneSplitSpec } from './contract.ts'
import type { ZoneHolder } from './holder.ts'
import { type Held, partsOf } from './split-rules.ts'

type Spec = ZoneSplitSpec & { zoneId: string; today: string }

interface Found {
  seen: Seen
  zone: ZoneRow
  things: readonly (Held & { parts: number[] })[]
}

/**
 * 拆分区域: two or more new zones replace one, in one act. What hangs on it goes where it was said: zones below it, duties (from
 * today on; until yesterday they were of the old zone), and what higher slices hold there. The old zone is closed.
 * @throws DomainError `zone.missing`, `zone.closed`, `boundary.invalid`, `split.unanswered`, `split.one_part`, and those of
 *   `createZone` and of the holders
 */
export function splitZone(holders: readonly ZoneHolder[]): PreviewedAct<Spec, Found> {
  return {
    kind: 'zone.split',
    look: (db, spec, doing) => look(db, holders, spec, doing),
    perform: (tx, spec, found, doing) => perform(tx, holders, { ...spec, ...found }, doing),
  }
}

async function look(
  db: Reader,
  holders: readonly ZoneHolder[],
  spec: Spec,
  { by, at }: Doing,
): Promise<Found> {
  const { zoneId, parts, answers = [], rest, today } = spec
  await assertZoneWithin(db, reachOf(by, 'grid.edit'), zoneId)
  const zone = await zoneRow(db, zoneId)
  if (zone.closedAt) throw new DomainError('conflict', 'zone.closed', 'The zone is closed.', { zoneId })
  const outlines = parts.map(({ boundary }) => (boundary ? readBoundary(boundary) : null))
  const held = [...(await zonesBelow(db, zoneId)), ...(await dutiesOf(db, zoneId, today, by))]
  for (const holder of holders) {
    const some = await holder.held(db, zoneId, at)
    held.push(...some.map((thing) => ({ kind: holder.kind, ...thing })))
  }
  const placing = { outlines, rest, answers: new Map(answers.map((each) => [each.id, each.parts])) }
  const things = held.map((thing) => ({ ...thing, parts: partsOf(thing, placing) }))
  const torn = things.find(({ kind, parts: of }) => kind !== 'responsibility' && of.length > 1)
  if (torn) {
    const message = 'Only duties go to several parts.'
    throw new DomainError('invalid', 'split.one_part', message, { id: torn.id, name: torn.name })
  }
  const seen = Object.fromEntries(things.map(({ id, version }) => [id, { version }]))
  return { seen: { ...seen, [zoneId]: { version: zone.version } }, zone, things }
}

async function perform(
  tx: Writer,
  holders: readonly ZoneHolder[],
  { parts, zone, things, today }: Spec & Found,
  doing: Doing,
): Promise<string> {
  const open = things.filter((thing) => thing.parts.length === 0).length
  if (open > 0) {
    const message = `Say of ${open} things where they go.`
    throw new DomainError('conflict', 'split.unanswered', message, { open })
  }
  const made: string[] = []
  for (const { kind = zone.kind, minorsSuitable = zone.minorsSuitable, ...part } of parts) {
    made.push(await createZone(tx, { ...part, kind, minorsSuitable, parentId: zone.parentId }, doing))
  }
  await tx.update(zones).set({ splitFromId: zone.id }).where(inArray(zones.id, made))
  const movesOf = (kind: Held['kind']) =>
    new Map(things.filter((one) => one.kind === kind).map((one) => [one.id, made[one.parts[0]!]!]))
  for (const [id, parentId] of movesOf('zone')) {
    await tx
      .update(zones)
      .set({ parentId, version: sql`${zones.version} + 1` })
      .where(eq(zones.id, id))
  }
  await settleAll(tx)
  await splitDuties(tx, { things, made, today, at: doing.at })
  for (const holder of holders) {
    const moves = movesOf(holder.kind)
    if (moves.size > 0) await holder.move(tx, moves, doing)
  }
  const { at, by } = doing
  await tx
    .update(zones)
    .set({ closedAt: at, version: zone.version + 1 })
    .where(and(eq(zones.id, zone.id), eq(zones.version, zone.version)))
  const details = { parts: made, moved: things.length }
  await record(tx, { action: 'zone.split', subject: `zone:${zone.id}`, by, at, details })
  return zone.id
}

async function zonesBelow(db: Reader, zoneId: string): Promise<Held[]> {
  const rows = await db
    .select()
    .from(zones)
    .where(and(eq(zones.parentId, zoneId), isNull(zones.closedAt)))
    .orderBy(asc(zones.pinyin), asc(zones.id))
  return rows.map(({ id, version, name, centreLatitude: y, centreLongitude: x }) => {
    return {
      kind: 'zone',
      id,
      version,
      name,
      startsAt: null,
      position: x === null || y === null ? null : [x, y],
    }
  })
}

async function dutiesOf(db: Reader, zoneId: string, today: string, by: Doing['by']): Promise<Held[]> {
  const duties = await dutiesBeyond(db, zoneId, today, by)
  return duties.map(({ id, version, unit, person }) => {
    return {
      kind: 'responsibility',
      id,
      version,
      name: (unit ?? person)?.name ?? '',
      startsAt: null,
      position: null,
    }
  })
}

interface Duties {
  things: Found['things']
  made: readonly string[]
  today: string
  at: Doing['at']
}

/** A duty ends with the zone and goes on in the parts from today; one that begins later only changes its zone. */
async function splitDuties(tx: Writer, { things, made, today, at }: Duties): Promise<void> {
  for (const { id, parts } of things.filter(({ kind }) => kind === 'responsibility')) {
    const [duty] = await tx.select().from(responsibilities).where(eq(responsibilities.id, id))
    if (!duty) continue
    const begun = duty.validFrom < today
    const next = {
      version: duty.version + 1,
      ...(begun ? { validUntil: today } : { zoneId: made[parts[0]!]! }),
    }
    await tx.update(responsibilities).set(next).where(eq(responsibilities.id, id))
    const validFrom = begun ? today : duty.validFrom
    const rows = (begun ? parts : parts.slice(1)).map((part) => {
      return { ...duty, id: newId(), zoneId: made[part]!, validFrom, version: 1, createdAt: at }
    })
    if (rows.length > 0) await tx.insert(responsibilities).values(rows)
  }
}

/** The zones that replaced one, in the order in which they were made. */
export async function partsMade(db: Reader, zoneId: string) {
  return db
    .select({ id: zones.id, name: zones.name })
    .from(zones)
    .where(eq(zones.splitFromId, zoneId))
    .orderBy(asc(zones.id))
}
