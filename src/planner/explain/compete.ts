import type { Competition } from '../format/proposal.ts'
import type { ShortageKind } from '../format/vocabulary.ts'
import type { Instance } from '../instance/instance.ts'
import type { RosterBook } from '../instance/roster-book.ts'
import { type Cut, CutSearch, missingOn, type Wanted } from './cut.ts'

export const shiftsNamed = 50
export const teamsNamed = 20
const timesNamed = 10

/** The competition behind a shortage. `spare`: a person could be freed for it, so another rule is binding. */
export interface Rivalry {
  /** Position in the list of competitions; null: no person who serves could help, or a person could be freed. */
  set: number | null
  zones: number
  teams: number
  spare: boolean
}

/**
 * Finds the competition of each shortage: the residual cut from the shift, see `CutSearch`. Similar shifts share one
 * cut. Where only the unit's own people could help, the cut is made for that unit alone.
 */
export class Rivals {
  /** The competitions found so far. */
  readonly competitions: Competition[] = []
  readonly #book: RosterBook
  readonly #search: CutSearch
  readonly #sets = new Map<string, { rivalry: Rivalry; zones: ReadonlySet<number> }>()

  constructor(book: RosterBook) {
    this.#book = book
    this.#search = new CutSearch(book)
  }

  /** The competition for the people that a shortage of this kind needs. */
  of(shift: number, kind: ShortageKind, skill = -1): Rivalry {
    const { instance } = this.#book
    const wanted: Wanted = { kind, skill }
    const own = this.#search.ownPeopleFor(wanted, shift)
    const windows = [
      ...new Set([instance.window[shift]!, ...own.shifts.map((each) => instance.window[each]!)]),
    ]
    const cut = this.#search.from(wanted, windows)
    const extra = { ...own, shifts: own.shifts.filter((each) => !cut.shifts.has(each)) }
    const unit = extra.shifts.length > 0 ? instance.zoneUnit[instance.zone[shift]!] : -1
    const key = `${kind},${skill},${windows.toSorted((a, b) => a - b)},${unit}`
    let known = this.#sets.get(key)
    if (!known) {
      known = this.#describe(wanted, cut, extra)
      this.#sets.set(key, known)
    }
    const { rivalry, zones } = known
    if (rivalry.set === null || zones.has(instance.zone[shift]!)) return rivalry
    return { ...rivalry, zones: rivalry.zones + 1 }
  }

  /** Whether people could serve on the shift if service in their own unit's zones did not have priority. */
  keptByOwnUnit(shift: number, kind: ShortageKind, skill = -1): boolean {
    return this.#search.staysOwnDuring({ kind, skill }, this.#book.instance.window[shift]!)
  }

  #describe(wanted: Wanted, cut: Cut, own: { shifts: number[]; people: number[]; spare: boolean }) {
    const { instance } = this.#book
    const spare = cut.spare || own.spare
    const none = { rivalry: { set: null, zones: 0, teams: 0, spare }, zones: new Set<number>() }
    const people = own.shifts.length > 0 ? own.people.filter((person) => !cut.people[person]) : []
    if (spare || cut.count + people.length === 0) return none
    const byTeam = cut.byTeam.slice()
    for (const person of people) byTeam[instance.team[person]!]!++
    const zones = own.shifts.length > 0 ? new Set(cut.zones) : cut.zones
    for (const shift of own.shifts) zones.add(instance.zone[shift]!)
    const teams = [...byTeam.keys()].filter((team) => byTeam[team]! > 0)
    teams.sort((a, b) => byTeam[b]! - byTeam[a]! || a - b)
    const windows = new Set([...own.shifts.map((shift) => instance.window[shift]!), ...cut.windows])
    const set = this.competitions.length
    this.competitions.push({
      kind: wanted.kind,
      ...(wanted.skill >= 0 ? { skill: wanted.skill } : {}),
      shifts: [...own.shifts, ...cut.shifts.values().take(shiftsNamed)].slice(0, shiftsNamed),
      shiftsTotal: own.shifts.length + cut.shifts.size,
      zones: zones.size,
      teams: teams.slice(0, teamsNamed),
      teamsTotal: teams.length,
      people: cut.count + people.length,
      missing: cut.missing + own.shifts.reduce((sum, shift) => sum + missingOn(this.#book, wanted, shift), 0),
      times: timesOf(instance, windows),
    })
    return { rivalry: { set, zones: zones.size, teams: teams.length, spare: false }, zones }
  }
}

/** The times of these windows, ordered; at most ten. */
export function timesOf(instance: Instance, windows: ReadonlySet<number>): Competition['times'] {
  return [...windows]
    .map((window) => ({ ...instance.windows[window]! }))
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .slice(0, timesNamed)
}
