import type { Move, Placement } from '../format/proposal.ts'
import type { MoveReason } from '../format/vocabulary.ts'
import { canFollow, refusalOf } from '../instance/eligibility.ts'
import { distanceOf, type Instance, isOwn, isTogether } from '../instance/instance.ts'
import type { RosterBook } from '../instance/roster-book.ts'
import { escortingTeams, skillNeeds } from './movers.ts'

/**
 * Why each person with a previous placement is not there now, derived by comparing the finished plan with the
 * previous one. Rules against the old place come first, then the goals the person serves at the new place, in the
 * order of goals. One entry for each place lost; places kept are not mentioned.
 */
export function explainMoves(book: RosterBook): Move[] {
  const { instance } = book
  const previous = instance.problem.previous ?? []
  const before = Map.groupBy(previous, ({ vol }) => vol)
  const judge = new MoveJudge(book, previous)
  const moves: Move[] = []
  for (const [vol, places] of [...before].sort(([a], [b]) => a - b)) {
    const now = book.servingOf(vol)
    const left = places.map(({ shift }) => shift).filter((shift) => !now.includes(shift))
    const taken = now.filter((shift) => !places.some((place) => place.shift === shift))
    for (const [at, from] of left.entries()) {
      const to = taken[at] ?? null
      moves.push({ vol, from, to, because: judge.reason(vol, from, to) })
    }
  }
  return moves
}

class MoveJudge {
  readonly #book: RosterBook
  readonly #instance: Instance
  /** Seats below the minimum that new people on a shift fill, as far as not yet given as a reason. */
  readonly #forMinimum: Int32Array
  /** How many of the previous people of a shift could still be there. */
  readonly #ableBefore: Int32Array
  /** Adults who were on a shift and cannot be there now. */
  readonly #goneFrom = new Map<number, number[]>()
  readonly #pins: ReadonlySet<number>

  constructor(book: RosterBook, previous: readonly Placement[]) {
    this.#book = book
    this.#instance = book.instance
    const { instance } = book
    this.#ableBefore = new Int32Array(instance.shifts)
    const key = (person: number, shift: number) => person * instance.shifts + shift
    const before = new Set(previous.map(({ vol, shift }) => key(vol, shift)))
    for (const { vol, shift } of previous) {
      if (refusalOf(instance, vol, shift) === null) this.#ableBefore[shift]!++
      else if (!instance.minor[vol]) {
        const gone = this.#goneFrom.get(shift)
        if (gone) gone.push(vol)
        else this.#goneFrom.set(shift, [vol])
      }
    }
    this.#forMinimum = Int32Array.from(book.peopleOn, (people, shift) => {
      const stayed = people.filter((person) => before.has(key(person, shift))).length
      return Math.max(0, instance.min[shift]! - stayed)
    })
    this.#pins = new Set(instance.problem.pins.map(({ vol, shift }) => key(vol, shift)))
  }

  reason(person: number, from: number, to: number | null): MoveReason {
    return (
      this.#driven(person, from, to) ??
      (to === null ? null : this.#wanted(person, from, to)) ??
      this.#left(from)
    )
  }

  /** The rule against the old place. */
  #driven(person: number, from: number, to: number | null): MoveReason | null {
    const instance = this.#instance
    const refusal = refusalOf(instance, person, from)
    if (refusal === 'barred' || refusal === 'unavailable' || refusal === 'committed') return refusal
    if (refusal === 'minors') return 'unsuitable'
    if (instance.max[from] === 0) return 'gone'
    if (to !== null && this.#pins.has(person * instance.shifts + to)) return 'pinned'
    if (this.#ableBefore[from]! > instance.max[from]!) return 'shrank'
    const others = this.#book.servingOf(person).filter((shift) => shift !== to)
    if (others.some((shift) => !canFollow(instance, shift, from))) return 'clash'
    return instance.minor[person] && this.#lostEscort(person, from) ? 'noEscort' : null
  }

  /** Whether an adult of the team is gone, and the others cannot escort one more minor. */
  #lostEscort(person: number, shift: number): boolean {
    const gone = this.#goneFrom.get(shift) ?? []
    if (!gone.some((other) => this.#instance.team[other] === this.#instance.team[person])) return false
    return !this.#hasEscort(person, shift)
  }

  #hasEscort(person: number, shift: number): boolean {
    const { minors, adults } = this.#book.presence(this.#instance.team[person]!, shift)
    return minors + 1 <= this.#instance.problem.K * adults
  }

  /** What the person is needed for at the new place, in the order of goals. */
  #wanted(person: number, from: number, to: number): MoveReason | null {
    const instance = this.#instance
    const team = instance.team[person]!
    const toOwn = isOwn(instance, team, to) && !isOwn(instance, team, from)
    const toTeam = this.#mates(team, to) - 1 > this.#mates(team, from)
    const people = this.#book.peopleOn[to]!
    const forTarget = people.length <= instance.target[to]!
    const ownFirst = instance.problem.ownUnit === 'hard'
    if (toOwn && ownFirst) return 'ownUnit'
    if (this.#forMinimum[to]! > 0) {
      this.#forMinimum[to]!--
      return 'minimum'
    }
    if (skillNeeds(this.#book, person, to)) return 'skill'
    if (toOwn) return 'ownUnit'
    if (!instance.minor[person] && escortingTeams(instance, people).has(team)) return 'escort'
    const needsFrom = this.#book.peopleOn[from]!.length >= instance.target[from]!
    if (toTeam && isTogether(instance.problem)) return 'withTeam'
    if (forTarget && needsFrom) return 'target'
    if (toTeam) return 'withTeam'
    if (distanceOf(instance, team, to) < distanceOf(instance, team, from)) return 'nearer'
    return forTarget && people.length > this.#book.peopleOn[from]!.length ? 'target' : null
  }

  #mates(team: number, shift: number): number {
    return this.#book.peopleOn[shift]!.filter((person) => this.#instance.team[person] === team).length
  }

  /** No goal requires the move: the old place does not need the person, or the plan was rearranged. */
  #left(from: number): MoveReason {
    const people = this.#book.peopleOn[from]!.length
    return people >= this.#instance.target[from]! ? 'notNeeded' : 'rearranged'
  }
}
