import { isOwn } from '../instance/instance.ts'
import { escortableOf } from '../instance/own-escorts.ts'
import type { Term } from './linear-model.ts'
import type { Program } from './program.ts'

/** Escorts, parts and own-unit service, for each team. */
export function addTeams(program: Program, shift: number, people: readonly number[]): void {
  const { instance, model, serves, goals } = program
  const ownHeads: Term[] = []
  for (const [team, members] of Map.groupBy(people, (person) => instance.team[person]!)) {
    const terms = members.map((person): Term => [1, serves[person]!.get(shift)!])
    const part = model.variable(`z_${team}_${shift}`, 0, 1, true)
    model.row([...terms, [-members.length, part]], '<=', 0)
    goals.parts!.push([1, part])
    if (isOwn(instance, team, shift)) ownHeads.push(...terms)
    if (!members.some((person) => instance.minor[person])) continue
    const ratio = members.map((person): Term => {
      return [instance.minor[person] ? 1 : -instance.problem.K, serves[person]!.get(shift)!]
    })
    model.row(ratio, '<=', 0)
    addEscort(program, team, shift, members)
  }
  if (ownHeads.length === 0) return
  const own = model.variable(`o_${shift}`, 0, instance.limit[shift]!)
  model.row([[1, own], ...ownHeads.map(([c, v]): Term => [-c, v])], '<=', 0)
  goals.ownUnit!.push([-1, own])
}

/** An adult escorts beside at least one minor each. */
function addEscort(program: Program, team: number, shift: number, members: readonly number[]): void {
  const { instance, model, serves, escorts } = program
  const escort = model.variable(`a_${team}_${shift}`, 0, members.length)
  for (const minor of [0, 1]) {
    const here = members.filter((person) => instance.minor[person] === minor)
    const terms = here.map((person): Term => [-1, serves[person]!.get(shift)!])
    model.row([[1, escort], ...terms], '<=', 0)
  }
  escorts.set(team, [...(escorts.get(team) ?? []), escort])
}

/** Minors whose own adults could escort them and do not. */
export function addEscorts(program: Program): void {
  const { instance, model, goals, escorts } = program
  const { K } = instance.problem
  for (const [team, minors] of escortableOf(instance).entries()) {
    if (minors === 0) continue
    const short = model.variable(`f_${team}`, 0, minors)
    const escorted = (escorts.get(team) ?? []).map((name): Term => [K, name])
    model.row([[1, short], ...escorted], '>=', minors)
    goals.escorts!.push([1, short])
  }
}

/** Whole teams: all members who serve, serve on the same shifts. */
export function addWholeTeams(program: Program): void {
  const { instance, model, serves } = program
  for (const [team, { whole }] of instance.problem.teams.entries()) {
    if (!whole) continue
    const places = Array.from({ length: instance.shifts }, (_, shift) =>
      model.variable(`w_${team}_${shift}`, 0, 1, true),
    )
    for (let person = 0; person < instance.people; person++) {
      if (instance.team[person] !== team) continue
      const comes = model.variable(`u_${person}`, 0, 1, true)
      for (const [shift, name] of places.entries()) {
        const here = serves[person]!.get(shift)
        if (here === undefined) {
          model.row(
            [
              [1, name],
              [1, comes],
            ],
            '<=',
            1,
          )
          continue
        }
        model.row(
          [
            [1, here],
            [-1, name],
          ],
          '<=',
          0,
        )
        model.row(
          [
            [1, here],
            [-1, comes],
          ],
          '<=',
          0,
        )
        model.row(
          [
            [1, here],
            [-1, name],
            [-1, comes],
          ],
          '>=',
          -1,
        )
      }
    }
  }
}
