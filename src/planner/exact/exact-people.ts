import { canFollow, refusalOf } from '../instance/eligibility.ts'
import { fixedPlacements } from '../instance/fixed.ts'
import { balanceTerms } from './exact-balance.ts'
import type { Program } from './program.ts'

/** Who may serve where. */
export function addPeople(program: Program): void {
  const { instance, model, serves, goals } = program
  const fixed = new Set(fixedPlacements(instance).map(({ vol, shift }) => vol * instance.shifts + shift))
  const pinned = new Set(instance.problem.pins.map(({ vol, shift }) => vol * instance.shifts + shift))
  for (let person = 0; person < instance.people; person++) {
    const mine = serves[person]!
    for (let shift = 0; shift < instance.shifts; shift++) {
      const key = person * instance.shifts + shift
      const must = pinned.has(key) || (instance.frozen[shift] === 1 && fixed.has(key))
      if (!must && (instance.frozen[shift] || refusalOf(instance, person, shift))) continue
      mine.set(shift, model.variable(`x_${person}_${shift}`, must ? 1 : 0, 1, true))
    }
    addTimes(program, mine)
    goals.hours!.push(...balanceTerms(instance, model, person, mine))
  }
}

/** Limits of one person: no two shifts too close, shifts per day, hours per week. */
function addTimes(program: Program, mine: ReadonlyMap<number, string>): void {
  const { instance, model } = program
  const shifts = [...mine.keys()]
  for (const [i, a] of shifts.entries())
    for (const b of shifts.slice(i + 1))
      if (!canFollow(instance, a, b))
        model.row(
          [
            [1, mine.get(a)!],
            [1, mine.get(b)!],
          ],
          '<=',
          1,
        )
  for (const day of Map.groupBy(shifts, (shift) => Math.floor(instance.start[shift]! / 1440)).values())
    model.row(
      day.map((shift) => [1, mine.get(shift)!]),
      '<=',
      instance.shiftsPerPerson,
    )
  if (instance.weekMinutes === Number.POSITIVE_INFINITY) return
  for (const week of Map.groupBy(shifts, (shift) => Math.floor(instance.start[shift]! / 10080)).values()) {
    const minutes = (shift: number) => instance.end[shift]! - instance.start[shift]!
    model.row(
      week.map((shift) => [minutes(shift), mine.get(shift)!]),
      '<=',
      instance.weekMinutes,
    )
  }
}
