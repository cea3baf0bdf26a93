import type { DecisionKind } from '../words.ts'
import type { Asked, Judging, Question } from './verdicts.ts'

interface Open {
  kind: DecisionKind
  topic: string
  name: string
  within: string | null
  mayCreate: boolean
  sheetId?: string
  /** Proposals are computed once, after all rows are judged. */
  propose: () => Question['proposals'] | Promise<Question['proposals']>
  rows: number
}

/** Collects the questions; each once, for any number of rows that wait for it. */
export class Questions {
  readonly #open = new Map<string, Open>()
  readonly #creates: Partial<Record<DecisionKind, boolean>>

  /** @param creates the kinds of things that the importer may create */
  constructor(creates: Partial<Record<DecisionKind, boolean>>) {
    this.#creates = creates
  }

  /** Makes a row wait for an answer. */
  ask(judging: Judging, question: Omit<Open, 'rows'>): void {
    const { kind, topic } = question
    const key = `${kind} ${topic}`
    const mayCreate = question.mayCreate && this.#creates[kind] === true
    const open = this.#open.get(key) ?? { ...question, mayCreate, rows: 0 }
    this.#open.set(key, open)
    if (judging.waitsFor.some((each) => each.kind === kind && each.topic === topic)) return
    open.rows++
    judging.waitsFor.push({ kind, topic })
  }

  async finish(): Promise<Asked[]> {
    const asked: Asked[] = []
    for (const { kind, topic, rows, name, within, mayCreate, sheetId, propose } of this.#open.values()) {
      const question: Question = { name, within, mayCreate, proposals: await propose(), places: [] }
      asked.push({ kind, topic, rows, question: sheetId === undefined ? question : { ...question, sheetId } })
    }
    return asked
  }
}
