import type { DateTime } from 'luxon'
import type { DocumentRow, OutDocument, Tone } from '#platform/documents/index.ts'
import type { BookView } from '../books/contract.ts'
import type { TaskView } from '../tasks/contract.ts'
import { stateSymbol, taskStates } from '../words.ts'
import { momentOf, type Telling } from './moments.ts'
import { documentWords } from './words.ts'

type Charted = Pick<
  TaskView,
  | 'outline'
  | 'text'
  | 'unit'
  | 'supporting'
  | 'dueAt'
  | 'dueOn'
  | 'dueKind'
  | 'dueClass'
  | 'state'
  | 'overdue'
  | 'closedAt'
  | 'body'
>

export interface Charting extends Telling {
  at: DateTime
  paper: 'A3' | 'A1'
  /** The live page of the chart. */
  url: string
}

/**
 * 挂图: rows by group in the order of the book, the state as symbol and word, a box for stamp and date. Units only, never the
 * name of a person.
 */
export function chartOf(book: BookView, tasks: readonly Charted[], charting: Charting): OutDocument {
  const { at, paper, url, language } = charting
  const words = documentWords[language]
  const { outline, item, unit, supporting, due, state, stamp } = words.columns
  const groups = Map.groupBy(tasks, ({ body }) => body?.name ?? '')
  const banded = groups.size > 1 || !groups.has('')
  const rows = [...groups].flatMap(([group, some]): DocumentRow[] => [
    ...(banded ? [{ band: group || words.noName }] : []),
    ...some.map((task) => rowOf(task, charting)),
  ])
  const { closed, tasks: all, cancelled, overdue } = book.funnel
  return {
    language,
    title: words.chartOf(book.title),
    under: [
      [
        words.asOf(book.issuer.name, momentOf(at, charting)),
        words.progress(closed, all - cancelled, overdue),
      ].join('　'),
      words.symbols,
    ],
    paper,
    code: { url, caption: words.live },
    parts: [
      {
        part: 'table',
        columns: [
          { title: outline, width: 7 },
          { title: item, width: 44 },
          { title: unit, width: 18 },
          { title: supporting, width: 22 },
          { title: due, width: 13 },
          { title: state, width: 14 },
          { title: stamp, width: 16 },
        ],
        rows,
        rowMm: paper === 'A1' ? 9 : 8,
      },
    ],
  }
}

const tones: Partial<Record<TaskView['state'], Tone>> = {
  closed: 'good',
  suspended: 'warn',
  cancelled: 'soft',
}

function rowOf(task: Charted, telling: Telling): DocumentRow {
  const { outline, text, unit, supporting, state, overdue, closedAt } = task
  const words = documentWords[telling.language]
  const said = [
    taskStates[state][telling.language],
    ...(overdue ? [words.overdue] : []),
    ...(closedAt ? [momentOf(closedAt, telling).replace(/ ?\d\d:\d\d$/, '')] : []),
  ]
  return [
    outline,
    text,
    unit.name,
    supporting.map(({ name }) => name).join('、'),
    dueText(task, telling),
    {
      text: `${stateSymbol(task)} ${said.join(' ')}`,
      tone: overdue ? 'bad' : (tones[state] ?? 'plain'),
      bold: overdue,
    },
    null,
  ]
}

/** Until when: a moment once it is issued; before that the day or the limit it will have. */
export function dueText(
  task: Pick<Charted, 'dueAt' | 'dueOn' | 'dueKind' | 'dueClass'>,
  telling: Telling,
): string {
  const words = documentWords[telling.language]
  const { dueAt, dueOn, dueKind, dueClass } = task
  if (dueAt) return momentOf(dueAt, telling)
  if (dueKind !== 'dated') return dueKind === 'standing' ? words.standing : words.none
  if (dueOn) {
    const [year = 0, month = 0, day = 0] = dueOn.split('-').map(Number)
    return words.day(year, month, day)
  }
  const [measure, n = ''] = (dueClass ?? '').split(':')
  if (measure === 'workdays') return words.within(words.workdays(n))
  return words.within(measure === 'hours' ? words.hours(n) : words.officeHours(n))
}
