import type { JudgedSheet } from '../read/staged.ts'
import type { Questions } from './questions.ts'
import { goWith } from './refusals.ts'
import type { UnitBook } from './unit-book.ts'
import type { Judging, Ref } from './verdicts.ts'

interface Unsaid {
  topic: string
  name: string
  mayCreate: boolean
}
type Said = { unit: Ref | null } | { skip: true } | { blocked: Judging } | { ask: Unsaid }

/** The units named by sheet titles and file names; unknown ones are asked about. */
export class SheetUnits {
  readonly #book: UnitBook
  readonly #questions: Questions
  readonly #said = new Map<JudgedSheet, Said>()

  constructor(book: UnitBook, questions: Questions) {
    this.#book = book
    this.#questions = questions
  }

  /**
   * The unit of a row that names none. In a list whose other rows name units, an empty cell may mean the one above, so it is
   * no unit, and refused unless the row names a team. Null: its team may have no unit; `waits`: the row waits, is skipped or refused.
   */
  of(judging: Judging): Ref | null | 'waits' {
    const { sheet, entry } = judging.row
    if (sheet.reading.namesUnits && entry.name !== undefined && entry.team === undefined) return null
    const said = this.#said.get(sheet) ?? this.#read(sheet)
    this.#said.set(sheet, said)
    if ('unit' in said) return said.unit
    if ('skip' in said) judging.skipped = true
    else if ('blocked' in said) goWith(judging, said.blocked, 'unit')
    // The teams named by such a list may have no unit.
    else if (!said.ask.mayCreate && (entry.team !== undefined || sheet.list === 'teams')) return null
    else this.#ask(judging, said.ask)
    return 'waits'
  }

  #ask(judging: Judging, { topic, name, mayCreate }: Unsaid): void {
    const { titles, name: sheetName } = judging.row.sheet.reading
    const within = titles[0] ?? (sheetName || null)
    const propose = () => this.#book.proposals(name)
    this.#questions.ask(judging, { kind: 'unit', topic, name, within, mayCreate, propose })
  }

  #read({ id, reading }: JudgedSheet): Said {
    const book = this.#book
    for (const candidate of reading.unitCandidates) {
      const direct = book.direct(candidate)
      if (direct !== undefined && direct !== 'closed' && direct !== 'several') return { unit: direct }
    }
    const named = reading.unitName !== null
    const name = reading.unitName ?? reading.name
    const topic = named ? book.topicOf(name) : book.topicOf(`sheet ${id}`)
    const found = named ? book.resolve(name) : book.byAnswer(name, topic)
    if ('unit' in found || 'skip' in found || 'blocked' in found) return found
    return { ask: { topic, name, mayCreate: named } }
  }
}
