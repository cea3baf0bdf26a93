import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import { searchNameOf, type UnitKind, type UnitLocation, unitsWithin } from '#modules/organisation/index.ts'
import { unitAliases, units } from '#modules/organisation/schema.ts'
import { among } from '#platform/database/dialect.ts'
import { pages } from '#platform/database/pages.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import type { Gate } from '../gate.ts'
import { coreName, type Named, proposalsFor } from '../read/said/unit-names.ts'
import type { StoredAnswer } from '../schema.ts'
import type { Answers, Judging, Question, Ref } from './verdicts.ts'

export type KnownUnit = typeof units.$inferSelect

/** A unit this import adds. */
export interface AddedUnit {
  ref: Ref
  name: string
  kind?: UnitKind
  /** Whether a row of a register states it. */
  listed?: boolean
  parent: Ref | null
  districtCode: string | null
}

/** `blocked`: a row of these lists would add it, but is not taken. */
export type UnitFound =
  | { unit: Ref }
  | { skip: true }
  | { closed: true }
  | { blocked: Judging }
  | { ask: true }

export interface BookOptions {
  db: Reader
  gate: Gate
  answers: Answers
  /** The stored answers, for the rows they concern. */
  answered: readonly StoredAnswer[]
  topicOf: (text: string) => string
}

/**
 * The units that lists may refer to, by any of their names: known units within reach, and units this import adds. A unit
 * out of reach is treated as unknown.
 */
export class UnitBook {
  readonly #options: BookOptions
  readonly #byName = new Map<string, Set<string>>()
  readonly #known = new Map<string, KnownUnit>()
  readonly #added = new Map<Ref, AddedUnit>()
  readonly #addedByName = new Map<string, Ref>()
  readonly #blocked = new Map<string, Judging>()
  readonly #search = new Map<string, string>()
  readonly #twins = new Map<string, string>()
  #all: Promise<Named[]> | undefined

  constructor(options: BookOptions) {
    this.#options = options
  }

  /** Looks up all units the names and the answers may mean. */
  async load(names: Iterable<string>): Promise<void> {
    const { db, answered, gate } = this.#options
    const within = unitsWithin(gate.sees)
    const search = [...new Set([...names].map(searchNameOf))].filter((name) => name !== '')
    await inChunks(search, 500, async (some) => {
      const named = await db
        .select()
        .from(units)
        .where(and(among(units.searchName, some), within))
      for (const unit of named) this.#know(unit, unit.searchName)
      const aliased = await db
        .select({ unit: units, alias: unitAliases.searchAlias })
        .from(unitAliases)
        .innerJoin(units, eq(units.id, unitAliases.unitId))
        .where(and(among(unitAliases.searchAlias, some), within))
      for (const { unit, alias } of aliased) this.#know(unit, alias)
    })
    await this.loadById(answered.flatMap(({ id, parentId }) => [id, parentId].filter((each) => each != null)))
  }

  async loadById(ids: Iterable<string>): Promise<void> {
    const { db, gate } = this.#options
    const missing = [...new Set(ids)].filter((id) => !this.#known.has(id))
    await inChunks(missing, 500, async (some) => {
      const found = await db
        .select()
        .from(units)
        .where(and(among(units.id, some), unitsWithin(gate.sees)))
      for (const unit of found) this.#known.set(unit.id, unit)
    })
  }

  #know(unit: KnownUnit, name: string): void {
    this.#known.set(unit.id, this.#known.get(unit.id) ?? unit)
    const ids = this.#byName.get(name) ?? new Set()
    this.#byName.set(name, ids.add(unit.id))
  }

  known(ref: Ref): KnownUnit | undefined {
    return this.#known.get(ref)
  }

  nameOf(ref: Ref): string {
    return this.#known.get(ref)?.name ?? this.#added.get(ref)?.name ?? ''
  }

  /** The open unit with this name or alias; `closed`: only closed ones; `several`: more than one; undefined: none. */
  direct(name: string): Ref | 'closed' | 'several' | undefined {
    const search = this.#searchOf(name)
    const added = this.#addedByName.get(search)
    if (added) return added
    const found = [...(this.#byName.get(search) ?? [])].map((id) => this.#known.get(id) as KnownUnit)
    const open = found.filter((unit) => unit.closedAt === null)
    if (open.length === 1) return open[0]?.id
    if (open.length > 1) return 'several'
    return found.length > 0 ? 'closed' : undefined
  }

  #searchOf(name: string): string {
    let search = this.#search.get(name)
    if (search === undefined) {
      search = searchNameOf(name)
      this.#search.set(name, search)
    }
    return search
  }

  topicOf(name: string): string {
    return this.#options.topicOf(this.#searchOf(name))
  }

  /** Records that the row that would add this unit is not imported: rows that refer to the unit wait, too. */
  block(name: string, by: Judging): void {
    if (this.direct(name) === undefined) this.#blocked.set(this.#searchOf(name), by)
  }

  /** The unit with this name; for an unknown name, by the answer to the question. */
  resolve(name: string): UnitFound {
    const direct = this.direct(name)
    if (direct === 'closed') return { closed: true }
    if (direct !== undefined && direct !== 'several') return { unit: direct }
    const blocked = this.#blocked.get(this.#searchOf(name))
    return blocked ? { blocked } : this.byAnswer(name, this.topicOf(name))
  }

  /** The unit in the answer to the question about this topic. */
  byAnswer(name: string, topic: string): UnitFound {
    const answer = this.#options.answers('unit', topic)
    if (answer?.answer === 'skip') return { skip: true }
    if (answer?.answer === 'use' && answer.id && this.#known.has(answer.id)) return { unit: answer.id }
    if (answer?.answer === 'create') {
      const { kind, parentId: parent = null, districtCode = null } = answer
      return { unit: this.add({ name, kind: kind as UnitKind | undefined, parent, districtCode }) }
    }
    return { ask: true }
  }

  add(unit: Omit<AddedUnit, 'ref'>): Ref {
    const search = this.#searchOf(unit.name)
    const ref = `new:unit:${this.#options.topicOf(search)}`
    this.#added.set(ref, { ...unit, ref })
    this.#addedByName.set(search, ref)
    return ref
  }

  /** Whether the import may move a unit that is known to another district. */
  mayMoveTo(ref: Ref, districtCode: string): boolean {
    const from = this.#known.get(ref)
    return from !== undefined && this.#options.gate.movesUnit(from.districtCode, districtCode)
  }

  added(ref: Ref): AddedUnit | undefined {
    return this.#added.get(ref)
  }

  get allAdded(): Iterable<AddedUnit> {
    return this.#added.values()
  }

  /**
   * Whether the import may write the unit: a known one at its place, a new one at its future place below new parents.
   */
  mayEdit(ref: Ref, depth = 0): boolean {
    const { gate } = this.#options
    if (gate.reachOf('units')?.everything) return true
    const parent = this.#added.get(ref)?.parent ?? null
    if (depth > 12 || !gate.editsUnit(this.placeOf(ref))) return false
    return parent === null || this.mayEdit(parent, depth + 1)
  }

  /** The place of a unit; undefined for a new unit whose parents form a cycle. */
  placeOf(ref: Ref, depth = 0): UnitLocation | undefined {
    const known = this.#known.get(ref)
    const added = this.#added.get(ref)
    if (known || !added || depth > 12) return known
    const { parent, districtCode } = added
    const path = parent === null ? '/' : this.placeOf(parent, depth + 1)?.path
    return path === undefined ? undefined : { path, districtCode }
  }

  /** Loads the names of all open units within reach, for `twinOf`. */
  async loadTwins(): Promise<void> {
    this.#all ??= this.#names()
    for (const { id, name } of await this.#all) this.#twins.set(coreName(name), id)
  }

  /** The id of a unit whose name differs only by city or brackets. Call `loadTwins` first. */
  twinOf(name: string): string | undefined {
    return this.#twins.get(coreName(name))
  }

  /** The proposals for a name, among the open units within reach. */
  async proposals(name: string): Promise<Question['proposals']> {
    this.#all ??= this.#names()
    return proposalsFor(name, await this.#all).map((proposal) => ({ ...proposal, because: null }))
  }

  /** All open units within reach with their other names, read in pages. */
  async #names(): Promise<Named[]> {
    const { db, gate } = this.#options
    const open = and(isNull(units.closedAt), unitsWithin(gate.sees))
    const all = new Map<string, { id: string; name: string; aliases: string[] }>()
    const select = (last: { id: string } | undefined, size: number) =>
      db
        .select({ id: units.id, name: units.name })
        .from(units)
        .where(and(last && gt(units.id, last.id), open))
        .orderBy(asc(units.id))
        .limit(size)
    for await (const rows of pages(select, 1000))
      for (const { id, name } of rows) all.set(id, { id, name, aliases: [] })
    const aliases = await db
      .select({ unitId: unitAliases.unitId, alias: unitAliases.alias })
      .from(unitAliases)
      .innerJoin(units, eq(units.id, unitAliases.unitId))
      .where(open)
    for (const { unitId, alias } of aliases) all.get(unitId)?.aliases.push(alias)
    return [...all.values()]
  }
}
