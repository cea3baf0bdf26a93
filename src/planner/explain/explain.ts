import type { Proposal, Shortage } from '../format/proposal.ts'
import type { Because, ShortageKind } from '../format/vocabulary.ts'
import { isOwn, isTogether } from '../instance/instance.ts'
import type { RosterBook } from '../instance/roster-book.ts'
import { uncovered } from '../instance/uncovered.ts'
import { Rivals } from './compete.ts'
import { contest } from './contest.ts'
import { explainMoves } from './explain-moves.ts'
import { type FullFunnel, Funnels } from './funnel.ts'
import { compareShortages, headlinesOf } from './headlines.ts'
import { IdlePeople } from './idle.ts'
import { Levers } from './levers.ts'

/** The explanation part of a proposal. */
export type Explained = Pick<Proposal, 'shortages' | 'competitions' | 'headlines' | 'explained' | 'moves'>

/** Up to this number of shortages each one gets its own explanation; above it, similar ones share one. */
const fullMax = 1000
/** At least this number of shortages get their own explanation. */
const fullMin = 200
/** Budget of person checks for all explanations, besides one pass over all people for each kind of shift. */
const looksMax = 3_000_000

/**
 * Explains every empty seat: why, and what would change it; the competitions; and why people moved. Costs O(people ×
 * kinds of shifts) plus a bounded amount for each shortage, never people × shifts.
 */
export function explainPlan(book: RosterBook): Explained {
  const { problem } = book.instance
  const explainer = new Explainer(book)
  const shortages = explainer.shortages()
  return {
    shortages,
    competitions: explainer.competitions,
    headlines: headlinesOf(problem, shortages),
    explained: {
      shortages: shortages.length,
      full: shortages.filter(({ like }) => like === undefined).length,
    },
    ...(problem.previous ? { moves: explainMoves(book) } : {}),
  }
}

class Explainer {
  readonly #book: RosterBook
  readonly #idle: IdlePeople
  readonly #funnels: Funnels
  readonly #rivals: Rivals
  readonly #levers: Levers

  constructor(book: RosterBook) {
    this.#book = book
    this.#idle = new IdlePeople(book)
    this.#funnels = new Funnels(book, this.#idle)
    this.#rivals = new Rivals(book)
    this.#levers = new Levers(book, this.#idle)
  }

  get competitions() {
    return this.#rivals.competitions
  }

  shortages(): Shortage[] {
    const gaps = gapsOf(this.#book)
    const full = this.#inFull(gaps)
    const first = new Map<string, number>()
    for (const at of full) {
      Object.assign(gaps[at]!, this.#explain(gaps[at]!))
      const key = this.#keyOf(gaps[at]!)
      if (!first.has(key)) first.set(key, at)
    }
    gaps.forEach((gap, at) => {
      if (full.has(at)) return
      const like = first.get(this.#keyOf(gap))!
      const { because, worthOfOneMore } = gaps[like]!
      Object.assign(gap, { because, worthOfOneMore: Math.min(worthOfOneMore, gap.missing), like })
    })
    contest(this.#book, this.#idle, gaps, this.#rivals.competitions)
    return gaps
  }

  /** The shortages with their own explanation: one of each kind, then the most important ones. */
  #inFull(gaps: readonly Shortage[]): Set<number> {
    const affordable = Math.floor(looksMax / Math.max(1, this.#funnels.costOfOne))
    const many = Math.min(fullMax, Math.max(fullMin, affordable))
    const ranked = [...gaps.keys()].sort((a, b) => compareShortages(gaps[a]!, gaps[b]!) || a - b)
    const chosen = new Set<number>()
    const kinds = new Set<string>()
    for (const at of ranked) {
      const key = this.#keyOf(gaps[at]!)
      if (!kinds.has(key)) chosen.add(at)
      kinds.add(key)
    }
    for (const at of ranked) {
      if (chosen.size >= many) break
      chosen.add(at)
    }
    return chosen
  }

  /** Key of shifts on which the same people could serve. */
  #keyOf({ shift, kind, skill }: Shortage): string {
    const { instance } = this.#book
    const suitable = instance.minorsOk[instance.zone[shift]!]
    return `${kind},${skill ?? -1},${instance.window[shift]},${suitable},${instance.frozen[shift]}`
  }

  #explain({ shift, kind, skill, missing }: Shortage): Omit<Shortage, 'shift' | 'kind' | 'missing'> {
    const funnel = this.#funnels.of(shift, skill)
    const fixed = this.#fixed(shift, kind)
    const rivalry =
      !fixed && funnel.free === 0 && funnel.elsewhere > 0 ? this.#rivals.of(shift, kind, skill) : null
    const because = fixed ?? this.#because({ shift, kind, skill }, funnel, rivalry)
    const set = rivalry?.set ?? null
    const competing =
      because === 'elsewhere' && rivalry && set !== null
        ? { set, zones: rivalry.zones, teams: rivalry.teams }
        : undefined
    const competition = competing && this.#rivals.competitions[set!]
    const gap = { shift, kind, skill: skill ?? -1, missing, free: funnel.free, competition }
    const oneMore = fixed ? null : this.#levers.oneMore(gap)
    return {
      because,
      worthOfOneMore: oneMore?.gains[kind] ?? 0,
      funnel,
      ...(oneMore ? { oneMore } : {}),
      levers: this.#levers.of(gap),
      ...(competing ? { competing } : {}),
    }
  }

  /** A reason that does not depend on people: the shift has begun, or pinned people take all its seats. */
  #fixed(shift: number, kind: ShortageKind): Because | null {
    const { instance, peopleOn } = this.#book
    if (instance.frozen[shift]) return 'frozen'
    if (kind !== 'skill' || peopleOn[shift]!.length < instance.max[shift]!) return null
    const pinned = new Set(instance.problem.pins.flatMap((pin) => (pin.shift === shift ? [pin.vol] : [])))
    return peopleOn[shift]!.every((person) => pinned.has(person)) ? 'pinned' : null
  }

  /** Whether people of the responsible unit, who have priority by rule, take all seats. */
  #takenByOwn(shift: number): boolean {
    const { instance, peopleOn } = this.#book
    const people = peopleOn[shift]!
    const isFull = people.length >= instance.limit[shift]!
    return (
      isFull &&
      instance.problem.ownUnit === 'hard' &&
      people.some((person) => isOwn(instance, instance.team[person]!, shift))
    )
  }

  #because(
    { shift, kind, skill }: Pick<Shortage, 'shift' | 'kind' | 'skill'>,
    funnel: FullFunnel,
    rivalry: { set: number | null; spare: boolean } | null,
  ): Because {
    const { instance } = this.#book
    const splits = kind === 'target' && isTogether(instance.problem)
    if (funnel.all === 0) return 'nobody'
    if (funnel.free > 0 && kind === 'skill' && this.#takenByOwn(shift)) return 'ownUnit'
    if (funnel.free > 0) return splits ? 'together' : 'missed'
    if (funnel.whole > 0) return 'whole'
    if (rivalry?.spare) return splits ? 'together' : 'missed'
    if (funnel.elsewhere > 0) {
      const fixed = rivalry !== null && rivalry.set === null
      return fixed && this.#rivals.keptByOwnUnit(shift, kind, skill) ? 'ownUnit' : 'elsewhere'
    }
    const last = sieves.findLast((sieve) => funnel[sieve] > 0)
    return last ?? 'elsewhere'
  }
}

const sieves = [
  'unavailable',
  'barred',
  'minors',
  'unskilled',
  'committed',
  'limit',
  'unescorted',
  'escortsAway',
] as const

/** All missing seats of every kind on a shift, not yet explained. */
function gapsOf({ instance, peopleOn }: RosterBook): Shortage[] {
  const gaps: Shortage[] = []
  const say = (shift: number, kind: ShortageKind, missing: number, skill?: number) => {
    if (missing <= 0) return
    const of = skill === undefined ? {} : { skill }
    gaps.push({ shift, kind, ...of, missing, because: 'elsewhere', worthOfOneMore: 0 })
  }
  for (let shift = 0; shift < instance.shifts; shift++) {
    const people = peopleOn[shift]!
    const count = people.length
    say(shift, 'minimum', instance.min[shift]! - count)
    const needs = instance.needs[shift]!
    const skills = needs.length > 0 ? people.map((person) => instance.skills[person]!) : []
    const missing = uncovered(needs, skills)
    needs.forEach(({ skill }, at) => {
      say(shift, 'skill', missing[at]!, skill)
    })
    say(shift, 'target', instance.target[shift]! - Math.max(count, instance.min[shift]!))
  }
  return gaps
}
