import { distanceOf } from '../instance/instance.ts'
import { evenSteps } from '../instance/levels.ts'
import { addTeams } from './exact-teams.ts'
import type { Term } from './linear-model.ts'
import type { Program } from './program.ts'

/** The seats of one shift, and what each person costs there. */
export function addShift(program: Program, shift: number): void {
  const { instance, model, serves, goals } = program
  const people = [...serves.keys()].filter((person) => serves[person]!.has(shift))
  const heads = people.map((person): Term => [1, serves[person]!.get(shift)!])
  model.row(heads, '<=', Math.max(instance.limit[shift]!, forced(program, shift)))
  addShortages(program, shift, heads)
  addSkills(program, shift, people)
  addTeams(program, shift, people)
  const before = new Set(
    (instance.problem.previous ?? []).filter((each) => each.shift === shift).map(({ vol }) => vol),
  )
  for (const person of people) {
    const here = serves[person]!.get(shift)!
    goals.distance!.push([Math.round(distanceOf(instance, instance.team[person]!, shift)), here])
    goals.hours!.push([Math.round(instance.hours[person]! * 10), here])
    if (before.has(person)) goals.stay!.push([-1, here])
  }
}

function forced(program: Program, shift: number): number {
  const { instance } = program
  return instance.problem.pins.filter((pin) => pin.shift === shift).length
}

function addShortages(program: Program, shift: number, heads: Term[]): void {
  const { instance, model, goals } = program
  const min = instance.min[shift]!
  const target = instance.target[shift]!
  const low = model.variable(`m_${shift}`, 0, min)
  model.row([...heads, [1, low]], '>=', min)
  goals.minimum!.push([1, low])
  const short = model.variable(`t_${shift}`, 0, target)
  model.row([...heads, [1, short]], '>=', target)
  goals.target!.push([1, short])
  const steps: Term[] = [[evenSteps + 1, model.variable(`e_${shift}_min`, 0, min)]]
  for (let step = 0; step < evenSteps; step++) {
    const size =
      Math.floor(((target - min) * (step + 1)) / evenSteps) - Math.floor(((target - min) * step) / evenSteps)
    steps.push([evenSteps - step, model.variable(`e_${shift}_${step}`, 0, size)])
  }
  model.row([...heads, ...steps.map(([, name]): Term => [1, name])], '>=', target)
  goals.evenness!.push(...steps)
}

/** Each person covers at most one skill. */
function addSkills(program: Program, shift: number, people: readonly number[]): void {
  const { instance, model, serves, goals } = program
  const needs = instance.needs[shift]!
  const covered = needs.map((): Term[] => [])
  for (const person of people) {
    const counts = needs.flatMap(({ skill }, at): Term[] => {
      if (!((instance.skills[person]! >> skill) & 1)) return []
      const name = model.variable(`y_${person}_${shift}_${skill}`, 0, 1, true)
      covered[at]!.push([1, name])
      return [[1, name]]
    })
    if (counts.length > 0) model.row([...counts, [-1, serves[person]!.get(shift)!]], '<=', 0)
  }
  needs.forEach(({ skill, min }, at) => {
    const short = model.variable(`s_${shift}_${skill}`, 0, min)
    model.row([...covered[at]!, [1, short]], '>=', min)
    goals.skill!.push([1, short])
  })
}
