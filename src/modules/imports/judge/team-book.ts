import { and, isNull } from 'drizzle-orm'
import { searchNameOf, type TeamKind, teamsWithin, type UnitLocation } from '#modules/organisation/index.ts'
import { teams } from '#modules/organisation/schema.ts'
import { among } from '#platform/database/dialect.ts'
import { inChunks } from '#platform/database/port.ts'
import { likeness } from '../read/said/unit-names.ts'
import type { BookOptions, UnitBook } from './unit-book.ts'
import { isNew, type Judging, type Question, type Ref } from './verdicts.ts'

export type KnownTeam = typeof teams.$inferSelect

export interface AddedTeam {
  ref: Ref
  name: string
  unit: Ref | null
  kind: TeamKind
}

/** `blocked`: a row of these lists would add it, but is not taken. */
export type TeamFound = { team: Ref } | { skip: true } | { blocked: Judging } | { ask: true; name: string }

/** The form of a class name used for comparison: equal for 三年级1班, 三年一班 and 3年1班. */
export function coreClassName(name: string): string {
  const digits = '〇一二三四五六七八九'
  return searchNameOf(name)
    .replace(/[一二三四五六七八九〇]/g, (digit) => String(digits.indexOf(digit)))
    .replace(/^(\d+)年级/, '$1年')
    .replace(/班级$/, '班')
}

/** The open teams and classes that lists may refer to: known ones within reach, and those this import adds. */
export class TeamBook {
  readonly #options: BookOptions
  readonly #units: UnitBook
  readonly #known = new Map<string, KnownTeam>()
  readonly #ofUnit = new Map<Ref | null, Map<string, Ref>>()
  readonly #added = new Map<Ref, AddedTeam>()
  readonly #blocked = new Map<string, Judging>()
  readonly #search = new Map<string, string>()

  constructor(options: BookOptions, unitBook: UnitBook) {
    this.#options = options
    this.#units = unitBook
  }

  /** Loads the open teams of these units, all open teams with one of these names, and the teams named by answers. */
  async load(unitIds: Iterable<string>, names: Iterable<string>): Promise<void> {
    const { db, answered, gate } = this.#options
    const within = teamsWithin(db, gate.sees)
    const take = (rows: KnownTeam[]) => {
      for (const row of rows) this.#know(row)
    }
    await inChunks([...new Set(unitIds)], 500, async (some) =>
      take(
        await db
          .select()
          .from(teams)
          .where(and(among(teams.unitId, some), isNull(teams.closedAt), within)),
      ),
    )
    const search = [...new Set([...names].map(searchNameOf))].filter((name) => name !== '')
    await inChunks(search, 500, async (some) =>
      take(
        await db
          .select()
          .from(teams)
          .where(and(among(teams.searchName, some), isNull(teams.closedAt), within)),
      ),
    )
    const ids = answered.flatMap(({ id }) => id ?? [])
    await inChunks(ids, 500, async (some) =>
      take(
        await db
          .select()
          .from(teams)
          .where(and(among(teams.id, some), within)),
      ),
    )
    await this.#units.loadById([...this.#known.values()].flatMap(({ unitId }) => unitId ?? []))
  }

  #know(team: KnownTeam): void {
    if (this.#known.has(team.id)) return
    this.#known.set(team.id, team)
    this.#in(team.unitId).set(team.searchName, team.id)
  }

  #in(unit: Ref | null): Map<string, Ref> {
    const inUnit = this.#ofUnit.get(unit) ?? new Map<string, Ref>()
    this.#ofUnit.set(unit, inUnit)
    return inUnit
  }

  #searchOf(name: string): string {
    let search = this.#search.get(name)
    if (search === undefined) {
      search = searchNameOf(name)
      this.#search.set(name, search)
    }
    return search
  }

  known(ref: Ref): KnownTeam | undefined {
    return this.#known.get(ref)
  }

  unitOf(ref: Ref): Ref | null {
    return this.#known.get(ref)?.unitId ?? this.#added.get(ref)?.unit ?? null
  }

  nameOf(ref: Ref): string {
    return this.#known.get(ref)?.name ?? this.#added.get(ref)?.name ?? ''
  }

  added(ref: Ref): AddedTeam | undefined {
    return this.#added.get(ref)
  }

  get allAdded(): Iterable<AddedTeam> {
    return this.#added.values()
  }

  /** The team of that name in the unit; the name may be written with or without the unit's name. */
  find(unit: Ref | null, name: string, kind: TeamKind = 'team'): Ref | undefined {
    const inUnit = this.#in(unit)
    const search = this.#searchOf(name)
    const own = unit === null ? '' : this.#searchOf(this.#units.nameOf(unit))
    const exact =
      inUnit.get(search) ??
      inUnit.get(own + search) ??
      (own !== '' && search.startsWith(own) ? inUnit.get(search.slice(own.length)) : undefined)
    if (exact !== undefined || kind !== 'class') return exact
    const core = coreClassName(name)
    for (const ref of inUnit.values()) if (coreClassName(this.nameOf(ref)) === core) return ref
    return undefined
  }

  /** The only loaded team with that name, in any unit or in none. */
  findAnywhere(name: string): Ref | 'several' | undefined {
    const search = this.#searchOf(name)
    const found = [...this.#ofUnit.values()].flatMap((inUnit) => inUnit.get(search) ?? [])
    return found.length > 1 ? 'several' : found[0]
  }

  add(unit: Ref | null, name: string, kind: TeamKind): Ref {
    const search = this.#searchOf(name)
    const ref = `new:team:${this.topicOf(unit, name)}`
    if (!this.#added.has(ref)) this.#added.set(ref, { ref, name, unit, kind })
    this.#in(unit).set(search, ref)
    return ref
  }

  /** Records that the row that would add this team is not imported: rows of its people wait, too. */
  block(unit: Ref | null, name: string, by: Judging): void {
    if (this.find(unit, name) === undefined) this.#blocked.set(this.topicOf(unit, name), by)
  }

  topicOf(unit: Ref | null, name: string): string {
    const own = unit === null ? '' : this.#searchOf(this.#units.nameOf(unit))
    return this.#options.topicOf(`${own}/${this.#searchOf(name)}`)
  }

  /** The team of a row; for an unknown name, by the answer to the question. Without a name, the unit's only team. */
  resolve(unit: Ref | null, name: string | undefined): TeamFound {
    if (name !== undefined) {
      const found = unit === null ? this.findAnywhere(name) : this.find(unit, name)
      if (found !== undefined && found !== 'several') return { team: found }
    } else {
      const own = [...this.#in(unit).values()].filter((ref) => this.#kindOf(ref) === 'team')
      if (own.length === 1 && unit !== null) return { team: own[0] as Ref }
    }
    const asked = name ?? `${unit === null ? '' : this.#units.nameOf(unit)}志愿服务队`
    const topic = this.topicOf(unit, name ?? '')
    const blocked = this.#blocked.get(topic)
    if (blocked) return { blocked }
    const answer = this.#options.answers('team', topic)
    if (answer?.answer === 'skip') return { skip: true }
    if (answer?.answer === 'use' && answer.id && this.#known.has(answer.id)) return { team: answer.id }
    if (answer?.answer === 'create') return { team: this.find(unit, asked) ?? this.add(unit, asked, 'team') }
    return { ask: true, name: asked }
  }

  #kindOf(ref: Ref): TeamKind {
    return this.#known.get(ref)?.kind ?? this.#added.get(ref)?.kind ?? 'team'
  }

  /** Whether the import may write the team itself, be it known or added. */
  mayEdit(ref: Ref): boolean {
    return this.#stands(ref) && this.#options.gate.editsTeam(...this.#place(ref))
  }

  /** Whether the import may write people into the team; a new team must be writable itself. */
  takesPeople(ref: Ref): boolean {
    const takes = this.#stands(ref) && this.#options.gate.takesPeople(...this.#place(ref))
    return takes && (this.#known.has(ref) || this.mayEdit(ref))
  }

  /** Whether the unit of the team exists or may be added by the import. */
  #stands(ref: Ref): boolean {
    const unit = this.unitOf(ref)
    return unit === null || !isNew(unit) || this.#units.mayEdit(unit)
  }

  #place(ref: Ref): [teamId: string | null, place: UnitLocation | null] {
    const unit = this.unitOf(ref)
    return [this.#known.has(ref) ? ref : null, unit === null ? null : (this.#units.placeOf(unit) ?? null)]
  }

  /** At most eight known teams, the most similar first: those of the unit, or without a unit all that are loaded. */
  proposals(unit: Ref | null, name: string): Question['proposals'] {
    const refs = unit === null ? [...this.#known.keys()] : [...this.#in(unit).values()]
    return refs
      .filter((ref) => this.#known.has(ref))
      .map((ref) => ({
        id: ref,
        name: this.nameOf(ref),
        likeness: Math.round(likeness(name, this.nameOf(ref)) * 100) / 100,
        because: null,
      }))
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, 8)
  }
}
