import type { Asked, Judging, Question } from './verdicts.ts'
import type { DecisionKind } from './words.ts'

interface Open {
  kind: DecisionKind
  topic: string
  name: string
  within: string | null
  mayCreate: boolean
  /** Proposals are made once, when everything is judged. */
  propose: () => Question['proposals'] | Promise<Question['proposals']>
  rows: number
}

/** Gathers what people have to decide; every question once, however many rows wait for it. */
export class Questions {
  readonly #open = new Map<string, Open>()

  /** Lets a row wait for an answer. */
  ask(judging: Judging, question: Omit<Open, 'rows'>): void {
    const { kind, topic } = question
    const key = `${kind} ${topic}`
    const open = this.#open.get(key) ?? { ...question, rows: 0 }
    this.#open.set(key, open)
    if (judging.waitsFor.some((each) => each.kind === kind && each.topic === topic)) return
    open.rows++
    judging.waitsFor.push({ kind, topic })
  }

  async finish(): Promise<Asked[]> {
    const asked: Asked[] = []
    for (const { kind, topic, rows, name, within, mayCreate, propose } of this.#open.values()) {
      asked.push({ kind, topic, rows, question: { name, within, mayCreate, proposals: await propose() } })
    }
    return asked
  }
}
