import type { Because, Funnel, Shortage } from '../proposal.ts'
import { competingFor } from './compete.ts'
import { refusalOf } from './eligibility.ts'
import type { Instance } from './instance.ts'
import type { RosterBook } from './roster-book.ts'
import { uncovered } from './seats.ts'

type Kind = Shortage['kind']

/**
 * Names every seat that stays empty and why: all people pass through one sieve after the other, each is taken
 * away by the first that stops them, and the binding reason is the sieve after which nobody was left.
 */
export function explainShortages(book: RosterBook): Shortage[] {
  const { instance } = book
  const funnels = funnelFinder(book)
  const shortages: Shortage[] = []
  const competing = rivalFinder(book)
  const say = (shift: number, kind: Kind, missing: number, skill?: number) => {
    if (missing <= 0) return
    const funnel = funnels(shift, skill)
    const because = bindingOf(funnel)
    const worthOfOneMore = because === 'together' ? 0 : 1
    const rivals = because === 'elsewhere' && skill === undefined ? competing(shift, kind) : null
    shortages.push({
      shift,
      kind,
      ...(skill === undefined ? {} : { skill }),
      missing,
      because,
      funnel,
      worthOfOneMore,
      ...(rivals ? { competing: rivals } : {}),
    })
  }
  for (let shift = 0; shift < instance.shifts; shift++) {
    const people = book.peopleOn[shift]!
    const count = people.length
    say(shift, 'minimum', instance.min[shift]! - count)
    const skills = people.map((person) => instance.skills[person]!)
    const missing = uncovered(instance.needs[shift]!, skills)
    instance.needs[shift]!.forEach(({ skill }, at) => {
      say(shift, 'skill', missing[at]!, skill)
    })
    say(shift, 'target', instance.target[shift]! - Math.max(count, instance.min[shift]!))
  }
  return shortages
}

const sieves = ['unavailable', 'barred', 'minors', 'unskilled', 'committed', 'elsewhere'] as const

function bindingOf(funnel: Funnel): Because {
  if (funnel.all === 0) return 'nobody'
  if (funnel.free > 0) return 'together'
  let left = funnel.all
  for (const sieve of sieves) {
    left -= funnel[sieve]
    if (left === 0) return sieve
  }
  return 'elsewhere'
}

/** Competing sets are looked for a bounded number of times; shifts alike share theirs. */
function rivalFinder(book: RosterBook) {
  const { instance } = book
  const known = new Map<string, Shortage['competing'] | null>()
  return (shift: number, kind: Kind): Shortage['competing'] | null => {
    const key = `${kind},${instance.window[shift]},${instance.minorsOk[instance.zone[shift]!]}`
    let found = known.get(key)
    if (found === undefined) {
      found = competingFor(book, shift, kind)
      known.set(key, found)
    }
    return found
  }
}

/** Funnels by shift; shifts alike in window, suitability and skill share the count of people without duties elsewhere. */
function funnelFinder(book: RosterBook) {
  const { instance } = book
  const known = new Map<string, Funnel>()
  const dutiful = [...instance.commitmentsOf.keys()]
  return (shift: number, skill: number | undefined): Funnel => {
    const suitable = instance.minorsOk[instance.zone[shift]!]
    const key = `${instance.window[shift]},${suitable},${skill ?? -1}`
    let base = known.get(key)
    if (!base) {
      base = emptyFunnel()
      for (let person = 0; person < instance.people; person++)
        if (!instance.commitmentsOf.has(person)) sift(book, base, person, shift, skill)
      known.set(key, base)
    }
    const funnel = { ...base }
    for (const person of dutiful) sift(book, funnel, person, shift, skill)
    return funnel
  }
}

function emptyFunnel(): Funnel {
  return { all: 0, unavailable: 0, barred: 0, minors: 0, unskilled: 0, committed: 0, elsewhere: 0, free: 0 }
}

function sift(
  book: RosterBook,
  funnel: Funnel,
  person: number,
  shift: number,
  skill: number | undefined,
): void {
  funnel.all++
  funnel[sieveOf(book, person, shift, skill)]++
}

function sieveOf(
  book: RosterBook,
  person: number,
  shift: number,
  skill: number | undefined,
): Exclude<keyof Funnel, 'all'> {
  const { instance } = book
  if (available(instance, person, shift)) {
    if (instance.barred[person]) return 'barred'
    if (instance.minor[person] && !instance.minorsOk[instance.zone[shift]!]) return 'minors'
    if (skill !== undefined && !((instance.skills[person]! >> skill) & 1)) return 'unskilled'
    if (refusalOf(instance, person, shift) === 'committed') return 'committed'
    if (book.serves(person)) return 'elsewhere'
    return instance.minor[person] ? 'minors' : 'free'
  }
  return 'unavailable'
}

function available(instance: Instance, person: number, shift: number): boolean {
  return instance.from[person]! <= instance.start[shift]! && instance.end[shift]! <= instance.to[person]!
}
