import type { Placement } from '../proposal.ts'
import { refusalOf } from './eligibility.ts'
import type { Instance } from './instance.ts'

/** Who serves where, while a plan is being made: both ways round, and by team. */
export class RosterBook {
  readonly instance: Instance
  readonly shiftsOf: (number[] | undefined)[] = []
  readonly peopleOn: number[][]

  constructor(instance: Instance, placements: Iterable<Placement> = []) {
    this.instance = instance
    this.peopleOn = Array.from({ length: instance.shifts }, () => [])
    for (const { vol, shift } of placements) this.place(vol, shift)
  }

  place(person: number, shift: number): void {
    const serving = this.shiftsOf[person]
    if (serving) serving.push(shift)
    else this.shiftsOf[person] = [shift]
    this.peopleOn[shift]!.push(person)
  }

  remove(person: number, shift: number): void {
    const serving = this.shiftsOf[person]!
    serving.splice(serving.indexOf(shift), 1)
    const present = this.peopleOn[shift]!
    present.splice(present.indexOf(person), 1)
  }

  serves(person: number): boolean {
    return (this.shiftsOf[person]?.length ?? 0) > 0
  }

  /** Whether the person could serve on the shift besides what they serve on; escorts and places aside. */
  fits(person: number, shift: number): boolean {
    return refusalOf(this.instance, person, shift, this.shiftsOf[person] ?? []) === null
  }

  /** Minors and adults of one team on a shift. */
  presence(team: number, shift: number): { minors: number; adults: number } {
    let minors = 0
    let adults = 0
    for (const person of this.peopleOn[shift]!) {
      if (this.instance.team[person] !== team) continue
      if (this.instance.minor[person]) minors++
      else adults++
    }
    return { minors, adults }
  }

  placements(): Placement[] {
    return this.peopleOn.flatMap((people, shift) => people.map((vol) => ({ vol, shift })))
  }
}
