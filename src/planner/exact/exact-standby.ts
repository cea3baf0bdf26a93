import { standbyWanted } from '../instance/standby.ts'
import type { Term } from './linear-model.ts'
import type { Program } from './program.ts'

/** Adults who are held back in each district. */
export function addStandby(program: Program): void {
  const { instance, model, goals, servable } = program
  const districtOf = (person: number) => {
    const unit = instance.teamUnit[instance.team[person]!]!
    return unit < 0 ? -1 : instance.problem.units[unit]!.district
  }
  const adults = [...Array(instance.people).keys()].filter((p) => servable[p] && !instance.minor[p])
  const wanted = standbyWanted(instance, servable)
  for (const [district, people] of Map.groupBy(adults, districtOf)) {
    const idle = people.map((person): Term => [1, idleOf(program, person)])
    const held = model.variable(`b_${district + 1}`, 0, wanted.get(district) ?? 0)
    model.row([[1, held], ...idle.map(([c, v]): Term => [-c, v])], '<=', 0)
    goals.standby!.push([-1, held])
  }
}

function idleOf(program: Program, person: number): string {
  const { model, serves } = program
  const name = model.variable(`i_${person}`, 0, 1)
  for (const here of serves[person]!.values())
    model.row(
      [
        [1, name],
        [1, here],
      ],
      '<=',
      1,
    )
  return name
}
