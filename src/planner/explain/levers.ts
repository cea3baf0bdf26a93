import type { Competition, Lever, OneMore } from '../format/proposal.ts'
import { leverNames } from '../format/vocabulary.ts'
import { distanceOf, type Instance, isTogether } from '../instance/instance.ts'
import { servingApart } from '../instance/own-escorts.ts'
import type { RosterBook } from '../instance/roster-book.ts'
import type { Wanted } from './cut.ts'
import type { IdleCounts, IdlePeople } from './idle.ts'

const leversNamed = 5
const teamsNamed = 5
/** Number of alternative times tried for a shift: those with most idle people. */
const timesTried = 40
const order: readonly string[] = leverNames

/** A shortage for which levers are searched. */
export interface Gap extends Wanted {
  shift: number
  missing: number
  free: number
  competition?: Competition | undefined
}

/**
 * Levers: what would fill a shortage, and the value of one more person. Read off the finished plan: who is idle, of
 * which team, when, and what excludes them. Under `together`, targets are filled only by teams already on the shift,
 * because another team would add a part, and the goal `parts` comes first.
 */
export class Levers {
  readonly #book: RosterBook
  readonly #idle: IdlePeople
  readonly #instance: Instance
  readonly #apart: Int32Array

  constructor(book: RosterBook, idle: IdlePeople) {
    this.#book = book
    this.#idle = idle
    this.#instance = book.instance
    this.#apart = servingApart(book)
  }

  /** The one more person who would fill most seats here; null if no single person would help. */
  oneMore(gap: Gap): OneMore | null {
    if (this.#seatsFor(gap) === 0) return null
    const escort = gap.kind === 'skill' ? null : this.#escort(gap)
    const teams = this.#presentTeams(gap.shift)
    const joins = !this.#onlyPresent(gap) || teams.length > 0
    if (escort && (escort.fills > 1 || !joins))
      return { who: 'escort', team: escort.team!, gains: this.#gains(gap, escort.fills) }
    if (!joins) return null
    if (gap.kind === 'skill') return { who: 'skilled', gains: this.#gains(gap, 1) }
    return { who: this.#onlyPresent(gap) ? 'member' : 'adult', gains: this.#gains(gap, 1) }
  }

  /** The levers that fill at least one seat, cheapest first, at most five. Lowering the demand is always one. */
  of(asked: Gap): Lever[] {
    const gap = { ...asked, missing: this.#seatsFor(asked) }
    const all = [
      this.#consent(gap),
      this.#split(gap),
      this.#policy(gap),
      this.#otherTime(gap),
      this.#suitable(gap),
      gap.kind === 'skill' ? null : this.#escort(gap),
      this.#recruit(gap),
    ].filter((lever) => lever !== null)
    const rank = ({ lever }: Lever) => order.indexOf(lever)
    const useful = all.filter(({ fills }) => fills > 0).sort((a, b) => rank(a) - rank(b))
    return [...useful.slice(0, leversNamed - 1), this.#lower(asked)]
  }

  /** How many of the missing people the shift could take: it may ask for more people with skills than it has seats. */
  #seatsFor({ kind, shift, missing }: Gap): number {
    if (kind !== 'skill') return missing
    const asked = this.#instance.needs[shift]!.reduce((sum, { min }) => sum + min, 0)
    const covered = asked - this.#book.missingInAll(shift)
    return Math.max(0, Math.min(missing, this.#instance.limit[shift]! - covered))
  }

  /** The gain for each goal from people added to a shift. A seat below the minimum is also a seat below the target. */
  #gains({ kind, shift, missing }: Gap, heads: number): OneMore['gains'] {
    const count = this.#book.peopleOn[shift]!.length
    const filled = (seats: number) => Math.max(0, Math.min(heads, seats - count))
    const minimum = filled(this.#instance.min[shift]!)
    const target = filled(this.#instance.target[shift]!)
    return {
      ...(minimum > 0 ? { minimum } : {}),
      ...(kind === 'skill' ? { skill: Math.min(heads, missing) } : {}),
      ...(target > 0 ? { target } : {}),
    }
  }

  #counts({ shift, kind, skill }: Gap): IdleCounts {
    return this.#idle.during(this.#instance.window[shift]!, kind === 'skill' ? skill : -1)
  }

  /** Whether only teams already on the shift may fill it. */
  #onlyPresent({ kind }: Gap): boolean {
    return kind === 'target' && isTogether(this.#instance.problem)
  }

  #presentTeams(shift: number): number[] {
    const teams = new Set(this.#book.peopleOn[shift]!.map((person) => this.#instance.team[person]!))
    return [...teams].filter((team) => !this.#isWhole(team))
  }

  /** Teams whose idle people may be added. */
  #teamsFor(gap: Gap): readonly number[] {
    return this.#onlyPresent(gap) ? this.#presentTeams(gap.shift) : this.#counts(gap).teams
  }

  #isWhole(team: number): boolean {
    return this.#instance.problem.teams[team]!.whole === true
  }

  #consent(gap: Gap): Lever | null {
    const { adults, barredAdults, barredMinors } = this.#counts(gap)
    const suitable = gap.kind !== 'skill' && this.#isSuitable(gap.shift)
    let heads = 0
    for (const team of this.#teamsFor(gap)) {
      // A team that must stay whole comes whole or not at all.
      if (barredAdults[team]! + barredMinors[team]! === 0 || this.#isWhole(team)) continue
      const present = this.#book.presence(team, gap.shift)
      const room = this.#instance.problem.K * (present.adults + adults[team]! + barredAdults[team]!)
      heads += barredAdults[team]!
      if (suitable) heads += Math.max(0, Math.min(barredMinors[team]!, room - present.minors))
    }
    return heads > 0 ? { lever: 'consent', heads, fills: Math.min(heads, gap.missing) } : null
  }

  /** The nearest team whose idle adults would fill the gap, otherwise the team with most of them. */
  #split(gap: Gap): Lever | null {
    const { adults, teams } = this.#counts(gap)
    const together = this.#onlyPresent(gap)
    let best = -1
    for (const team of teams) {
      if (adults[team] === 0 || !(together || this.#isWhole(team))) continue
      if (best < 0 || this.#isBetter(gap, (each) => adults[each]!, team, best)) best = team
    }
    if (best < 0) return null
    const heads = Math.min(adults[best]!, gap.missing)
    return { lever: 'split', team: best, heads, fills: heads }
  }

  #isBetter({ shift, missing }: Gap, countOf: (team: number) => number, team: number, than: number): boolean {
    const fills = Math.min(missing, countOf(team)) - Math.min(missing, countOf(than))
    if (fills !== 0) return fills > 0
    return distanceOf(this.#instance, team, shift) < distanceOf(this.#instance, than, shift)
  }

  #policy(gap: Gap): Lever | null {
    if (!this.#onlyPresent(gap)) return null
    const { adults } = this.#counts(gap)
    const idle = adults.reduce((sum, count, team) => (this.#isWhole(team) ? sum : sum + count), 0)
    const heads = Math.min(idle, gap.free, gap.missing)
    return heads > 0 ? { lever: 'policy', heads, fills: heads } : null
  }

  /**
   * The time, nearest to the shift's own, at which most additional people could come, minus those who could not stay.
   */
  #otherTime(gap: Gap): Lever | null {
    const instance = this.#instance
    const { shift, missing, kind, skill } = gap
    const minutes = instance.end[shift]! - instance.start[shift]!
    const teams = this.#onlyPresent(gap) ? this.#presentTeams(shift) : undefined
    const starts = this.#idle.startsFor(minutes, kind === 'skill' ? skill : -1, teams)
    // People available at the shift's own time are not a gain of another time.
    const { adults } = this.#counts(gap)
    const split = (sum: number, team: number) => (this.#isWhole(team) ? sum : sum + adults[team]!)
    const now = (teams ?? this.#counts(gap).teams).reduce(split, 0)
    const away = ({ start }: { start: number }) => Math.abs(start - instance.start[shift]!)
    let best: Lever | null = null
    for (const { start, free } of starts.slice(0, timesTried)) {
      if (start === instance.start[shift] || instance.frozen[shift]) continue
      const end = start + minutes
      const lost = this.#book.peopleOn[shift]!.filter((person) => !this.#couldCome(person, start, end)).length
      const heads = free - now
      const fills = Math.min(missing, heads - lost)
      const better =
        !best ||
        fills > best.fills ||
        (fills === best.fills && away({ start }) < away(best as { start: number }))
      if (fills > 0 && better) best = { lever: 'otherTime', start, end, heads, lost, fills }
    }
    return best
  }

  #couldCome(person: number, start: number, end: number): boolean {
    const instance = this.#instance
    if (instance.from[person]! > start || instance.to[person]! < end) return false
    return !instance.commitmentsOf.has(person) && this.#book.servingOf(person).length === 1
  }

  /** Idle minors whose team has idle adults to escort them, if the zone does not allow minors. */
  #suitable(gap: Gap): Lever | null {
    if (gap.kind === 'skill' || this.#isSuitable(gap.shift)) return null
    const { adults, minors } = this.#counts(gap)
    const { K } = this.#instance.problem
    let heads = 0
    let fills = 0
    for (const team of this.#teamsFor(gap)) {
      const taken = this.#isWhole(team) ? 0 : Math.min(minors[team]!, K * adults[team]!)
      heads += taken
      fills += taken + Math.ceil(taken / K)
    }
    return heads > 0 ? { lever: 'suitable', heads, fills: Math.min(gap.missing, fills) } : null
  }

  /** One more adult of the team with most idle minors, and the minors they could escort. */
  #escort(gap: Gap): Lever | null {
    if (!this.#isSuitable(gap.shift) || this.#instance.frozen[gap.shift]) return null
    const { adults, minors, teams } = this.#counts(gap)
    const { K } = this.#instance.problem
    const waiting = (team: number) => Math.min(K, minors[team]!)
    let best = -1
    for (const team of teams) {
      if (minors[team] === 0 || adults[team]! > 0 || this.#isWhole(team)) continue
      // A team whose adults serve elsewhere does not lack an adult.
      if (this.#apart[team]! > 0) continue
      if (best < 0 || this.#isBetter(gap, waiting, team, best)) best = team
    }
    // The escort takes a seat, too.
    if (best < 0 || gap.missing < 2) return null
    return { lever: 'escort', team: best, heads: 1, fills: Math.min(gap.missing, 1 + waiting(best)) }
  }

  /** As many people as are missing: of any team, of a team already there, or with the skill. */
  #recruit(gap: Gap): Lever | null {
    if (this.#instance.frozen[gap.shift]) return null
    const some = { heads: gap.missing, fills: gap.missing }
    if (gap.kind === 'skill') return { lever: 'skilled', skill: gap.skill, ...some }
    if (!this.#onlyPresent(gap)) return { lever: 'adult', ...some }
    const teams = this.#presentTeams(gap.shift)
    return teams.length > 0 ? { lever: 'member', teams: teams.slice(0, teamsNamed), ...some } : null
  }

  #lower({ missing, competition }: Gap): Lever {
    const set = competition && competition.missing > missing
    const ofSet = set ? { shifts: competition.shiftsTotal, ofSet: competition.missing } : {}
    return { lever: 'lowerDemand', heads: missing, fills: missing, ...ofSet }
  }

  #isSuitable(shift: number): boolean {
    return this.#instance.minorsOk[this.#instance.zone[shift]!] === 1
  }
}
