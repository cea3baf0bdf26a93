import { goalNames } from '../format/proposal.ts'
import type { Instance } from '../instance/instance.ts'
import { LinearModel, type Term } from './linear-model.ts'

/** The mixed-integer program of a problem while it is written. */
export class Program {
  readonly instance: Instance
  readonly servable: Uint8Array
  readonly model = new LinearModel()
  /** For each person: the names of the binary variables "serves on this shift". */
  readonly serves: Map<number, string>[]
  /** The terms of each goal, all minimized. */
  readonly goals: Record<string, Term[]> = {}
  /** The adults of each team with minors who escort, one variable for each shift. */
  readonly escorts = new Map<number, string[]>()

  constructor(instance: Instance, servable: Uint8Array) {
    this.instance = instance
    this.servable = servable
    this.serves = Array.from({ length: instance.people }, () => new Map())
    for (const name of goalNames) this.goals[name] = []
  }
}
