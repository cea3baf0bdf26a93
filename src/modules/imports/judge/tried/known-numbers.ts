import { type PersonFacts, rangesOf, statedNumbers, type Tried } from '#modules/organisation/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Statement } from '../statements.ts'
import { type Claim, foundBy } from './claims.ts'

/** One number of a statement, compared with the known numbers of one person. */
export interface Comparison {
  claim: Claim
  tried: Tried
  personId: string
  /** The number is one of the known numbers of the person. */
  equal: boolean
  /**
   * The number has the last four digits, or the range, of a known number of the person: it may be the one behind the
   * mask.
   */
  near: boolean
}

/** The known numbers of the people a list may be about. Pure. */
export class KnownNumbers {
  readonly #keys: KeyRing
  readonly #plain: ReadonlySet<Claim>
  readonly #byName: ReadonlyMap<string, readonly string[]>
  readonly #like: ReadonlyMap<string, readonly string[]>
  readonly #facts: ReadonlyMap<string, PersonFacts>
  readonly #lastFours: ReadonlyMap<string, ReadonlySet<string>>

  constructor(
    keys: KeyRing,
    plain: ReadonlySet<Claim>,
    byName: ReadonlyMap<string, readonly string[]>,
    like: ReadonlyMap<string, readonly string[]>,
    facts: ReadonlyMap<string, PersonFacts>,
    fours: ReadonlyMap<string, ReadonlySet<string>>,
  ) {
    this.#keys = keys
    this.#plain = plain
    this.#byName = byName
    this.#like = like
    this.#facts = facts
    this.#lastFours = fours
  }

  comparisonsFor(claim: Claim): Comparison[] {
    const { statement, searchName, match } = claim
    if (this.#plain.has(claim)) {
      const [personId] = foundBy(match) as [string]
      return statedNumbers(statement.input).map((tried) => ({
        claim,
        tried,
        personId,
        equal: true,
        near: true,
      }))
    }
    const found = new Set(foundBy(match))
    // A person who is matched for certain is not also a namesake in the same unit.
    const certain = match?.found === 'one' && match.by !== 'unit'
    const namesakes = this.#byName.get(searchName) ?? []
    if (found.size + namesakes.length + this.#like.size === 0) return []
    return statedNumbers(statement.input).flatMap((tried) => {
      const ranges = tried.kind === 'identity' ? rangesOf(this.#keys, tried) : []
      const like = new Set(ranges.flatMap((range) => this.#like.get(range) ?? []))
      return [...new Set([...found, ...namesakes, ...like])].flatMap((personId) => {
        const facts = this.#facts.get(personId)
        const equal = facts && this.#isEqual(facts, tried)
        if (facts === undefined || equal === undefined) return []
        const near = like.has(personId) || this.#sharesLastFour(personId, tried)
        const here = found.has(personId) || (!certain && isColleague(statement, facts))
        return equal || near || here ? [{ claim, tried, personId, equal, near }] : []
      })
    })
  }

  /** Undefined: nothing of the kind is known, so there is nothing to be found out. */
  #isEqual({ person, contacts: known }: PersonFacts, { kind, value }: Tried): boolean | undefined {
    if (kind === 'birth') return person.birthDate === null ? undefined : person.birthDate.startsWith(value)
    const indexes = this.#keys.blindIndexes(kind, value)
    if (kind === 'identity') {
      return person.identityIndex === null ? undefined : indexes.includes(person.identityIndex)
    }
    const same = known.filter((contact) => contact.kind === kind)
    return same.length === 0 ? undefined : same.some(({ valueIndex }) => indexes.includes(valueIndex))
  }

  #sharesLastFour(personId: string, { kind, value }: Tried): boolean {
    const fours = kind === 'phone' ? this.#lastFours.get(personId) : undefined
    return (
      fours !== undefined &&
      this.#keys.blindIndexes('phone-last4', value.slice(-4)).some((each) => fours.has(each))
    )
  }
}

function isColleague({ unit, memberships }: Statement, { memberships: known }: PersonFacts): boolean {
  return known.some(
    ({ row, unitId }) =>
      !row.leftAt &&
      ((unitId !== null && unit === unitId) || memberships.some(({ team }) => team === row.teamId)),
  )
}
