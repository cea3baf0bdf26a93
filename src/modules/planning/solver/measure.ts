import type { GoalName } from '../proposal.ts'
import { distanceOf, type Instance, isOwn } from './instance.ts'
import { evenSteps } from './levels.ts'
import type { RosterBook } from './roster-book.ts'
import { uncovered } from './seats.ts'
import { standbyWanted } from './standby.ts'

/** What a finished plan achieves for every goal, counted from who serves where. */
export function measure(book: RosterBook, standby: readonly number[]): Record<GoalName, number> {
  const { instance } = book
  const values: Record<GoalName, number> = {
    minimum: 0,
    skill: 0,
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
    const own = people.filter((person) => isOwn(instance, instance.team[person]!, shift)).length
    values.ownUnit += Math.min(own, instance.limit[shift]!)
    for (const person of people) {
      values.distance += Math.round(distanceOf(instance, instance.team[person]!, shift))
      values.hours += instance.hours[person]!
      if (before.has(person * instance.shifts + shift)) values.stay++
    }
  })
  values.hours += hoursWithin(book)
  return values
}

/** For each shift of a person the hours of those they have before it in the plan: what makes an uneven plan dear. */
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

/** Empty seats, each weighed by how low it lies: 1 in the last quarter from minimum to target, 4 in the first, 5 below. */
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

/** How many adults the reserve should have in all. */
export function standbyGoal(instance: Instance, servable: Uint8Array): number {
  return [...standbyWanted(instance, servable).values()].reduce((sum, count) => sum + count, 0)
}
