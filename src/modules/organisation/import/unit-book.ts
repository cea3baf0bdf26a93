import { asc, eq, gt, inArray, isNull } from 'drizzle-orm'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { searchNameOf } from '../names.ts'
import { unitAliases, units } from '../schema.ts'
import type { UnitKind } from '../words.ts'
import { reachesUnit } from './reach.ts'
import type { StoredAnswer, StoredReach } from './schema.ts'
import { coreName, type Named, proposalsFor } from './unit-names.ts'
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
  reach: StoredReach
  answers: Answers
  /** The answers as they are stored, for the rows they name. */
  answered: readonly StoredAnswer[]
  topicOf: (text: string) => string
}

/** The units that lists speak of, by whatever name: those known, and those this import adds. */
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
    const { db, answered } = this.#options
    const search = [...new Set([...names].map(searchNameOf))].filter((name) => name !== '')
    await inChunks(search, 500, async (some) => {
      for (const unit of await db.select().from(units).where(inArray(units.searchName, some))) {
        this.#know(unit, unit.searchName)
      }
      const aliased = await db
        .select({ unit: units, alias: unitAliases.searchAlias })
        .from(unitAliases)
        .innerJoin(units, eq(units.id, unitAliases.unitId))
        .where(inArray(unitAliases.searchAlias, some))
      for (const { unit, alias } of aliased) this.#know(unit, alias)
    })
    await this.loadById(answered.flatMap(({ id, parentId }) => [id, parentId].filter((each) => each != null)))
  }

  async loadById(ids: Iterable<string>): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.#known.has(id))
    await inChunks(missing, 500, async (some) => {
      for (const unit of await this.#options.db.select().from(units).where(inArray(units.id, some))) {
        this.#known.set(unit.id, unit)
      }
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

  /** The unit this name stands for, without asking anybody. */
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

  /** Remembers that a row would add this unit, but is not taken: whatever belongs to it waits too. */
  block(name: string, by: Judging): void {
    if (this.direct(name) === undefined) this.#blocked.set(this.#searchOf(name), by)
  }

  /** The unit this name stands for, by what was decided where it is not known. */
  resolve(name: string): UnitFound {
    const direct = this.direct(name)
    if (direct === 'closed') return { closed: true }
    if (direct !== undefined && direct !== 'several') return { unit: direct }
    const blocked = this.#blocked.get(this.#searchOf(name))
    return blocked ? { blocked } : this.byAnswer(name, this.topicOf(name))
  }

  /** The unit somebody said it is, when asked about the topic. */
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

  added(ref: Ref): AddedUnit | undefined {
    return this.#added.get(ref)
  }

  get allAdded(): Iterable<AddedUnit> {
    return this.#added.values()
  }

  /** Whether the import may touch the unit; one it adds goes with its parent. */
  reaches(ref: Ref | null, depth = 0): boolean {
    const { reach } = this.#options
    if (reach.everything) return true
    if (ref === null || depth > 12) return false
    const known = this.#known.get(ref)
    return known ? reachesUnit(reach, known) : this.reaches(this.#added.get(ref)?.parent ?? null, depth + 1)
  }

  /** Makes known which units differ from a name by their city or brackets only. */
  async loadTwins(): Promise<void> {
    this.#all ??= this.#names()
    for (const { id, name } of await this.#all) this.#twins.set(coreName(name), id)
  }

  twinOf(name: string): string | undefined {
    return this.#twins.get(coreName(name))
  }

  /** What the name may mean, among the open units within reach. */
  async proposals(name: string): Promise<Question['proposals']> {
    this.#all ??= this.#names()
    return proposalsFor(name, await this.#all).map((proposal) => ({ ...proposal, because: null }))
  }

  /** All open units within reach with their other names, read in pages. */
  async #names(): Promise<Named[]> {
    const { db, reach } = this.#options
    const all = new Map<string, { id: string; name: string; aliases: string[] }>()
    const page = 1000
    for (let last = ''; ; ) {
      const rows = await db
        .select({
          id: units.id,
          name: units.name,
          path: units.path,
          districtCode: units.districtCode,
          closedAt: units.closedAt,
        })
        .from(units)
        .where(gt(units.id, last))
        .orderBy(asc(units.id))
        .limit(page)
      for (const { id, name, closedAt, ...placed } of rows) {
        if (closedAt === null && reachesUnit(reach, placed)) all.set(id, { id, name, aliases: [] })
      }
      if (rows.length < page) break
      last = rows.at(-1)?.id ?? ''
      await new Promise((turn) => setImmediate(turn))
    }
    const aliases = await db
      .select({ unitId: unitAliases.unitId, alias: unitAliases.alias })
      .from(unitAliases)
      .innerJoin(units, eq(units.id, unitAliases.unitId))
      .where(isNull(units.closedAt))
    for (const { unitId, alias } of aliases) all.get(unitId)?.aliases.push(alias)
    return [...all.values()]
  }
}
