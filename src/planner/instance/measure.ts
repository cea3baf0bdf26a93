import type { GoalName } from '../format/proposal.ts'
import { distanceOf, type Instance, isOwn } from './instance.ts'
import { evenSteps } from './levels.ts'
import { escortsShortOf } from './own-escorts.ts'
import type { RosterBook } from './roster-book.ts'
import { standbyWanted } from './standby.ts'
import { uncovered } from './uncovered.ts'

/** The value of a finished plan for every goal, computed from its placements. */
export function measure(book: RosterBook, standby: readonly number[]): Record<GoalName, number> {
  const { instance } = book
  const values: Record<GoalName, number> = {
    minimum: 0,
    skill: 0,
    escorts: escortsShortOf(book).reduce((sum, minors) => sum + minors, 0),
    ownUnit: 0,
    target: 0,
    evenness: 0,
    parts: 0,
    stay: 0,
    distance: 0,
    hours: 0,
    standby: standby.length,
  }
  const before = new Set(
    (instance.problem.previous ?? []).map(({ vol, shift }) => vol * instance.shifts + shift),
  )
  book.peopleOn.forEach((people, shift) => {
    const count = people.length
    const target = instance.target[shift]!
    values.minimum += Math.max(0, instance.min[shift]! - count)
    values.target += Math.max(0, target - count)
    values.evenness += unevenness(instance, shift, count)
    const skills = people.map((person) => instance.skills[person]!)
    for (const missing of uncovered(instance.needs[shift]!, skills)) values.skill += missing
    values.parts += new Set(people.map((person) => instance.team[person])).size
    for (const person of people) {
      values.distance += Math.round(distanceOf(instance, instance.team[person]!, shift))
      values.hours += instance.hours[person]!
      if (before.has(person * instance.shifts + shift)) values.stay++
    }
  })
  values.ownUnit = ownServed(book, instance.limit)
  values.hours += hoursWithin(book)
  return values
}

/** People who serve in zones of their own unit, at most `most` per shift. */
export function ownServed({ instance, peopleOn }: RosterBook, most: Int32Array): number {
  return peopleOn.reduce((sum, people, shift) => {
    const own = people.filter((person) => isOwn(instance, instance.team[person]!, shift)).length
    return sum + Math.min(own, most[shift]!)
  }, 0)
}

/** For each shift of a person, the hours of their earlier shifts in the plan: uneven plans cost more. */
function hoursWithin(book: RosterBook): number {
  const { start, end, people } = book.instance
  let total = 0
  for (let person = 0; person < people; person++) {
    const serving = book.servingOf(person)
    if (serving.length < 2) continue
    let before = 0
    for (const shift of serving.toSorted((a, b) => start[a]! - start[b]!)) {
      total += before
      before += (end[shift]! - start[shift]!) / 60
    }
  }
  return total
}

/**
 * The weighted number of empty seats: weight 1 in the last quarter from minimum to target, 4 in the first, 5 below
 * the minimum.
 */
function unevenness(instance: Instance, shift: number, count: number): number {
  const min = instance.min[shift]!
  const range = instance.target[shift]! - min
  let value = Math.max(0, min - count) * (evenSteps + 1)
  for (let step = 0; step < evenSteps; step++) {
    const from = min + Math.floor((range * step) / evenSteps)
    const to = min + Math.floor((range * (step + 1)) / evenSteps)
    value += Math.max(0, to - Math.max(from, count)) * (evenSteps - step)
  }
  return value
}

/** The required number of adults in reserve. */
export function standbyGoal(instance: Instance, servable: Uint8Array): number {
  return [...standbyWanted(instance, servable).values()].reduce((sum, count) => sum + count, 0)
}
