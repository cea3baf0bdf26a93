import type { OutDocument, Part } from '#platform/documents/index.ts'
import type { BookView } from '../books/contract.ts'
import { type BookFigures, rateOf, suspendsTooMuch, type TaskFigures } from '../figures/figures.ts'
import type { TaskView } from '../tasks/contract.ts'
import { bookKinds } from '../words.ts'
import { dueText } from './chart.ts'
import { dateOf, momentOf, type Telling } from './moments.ts'
import type { NoticeTold } from './notice-told.ts'
import { documentWords } from './words.ts'

/** A notice (通报) as it was told; of one that is a draft, as it would be. */
export function noticeDocument(
  told: NoticeTold,
  figures: BookFigures | null,
  draft: boolean,
  telling: Telling,
): OutDocument {
  const words = documentWords[telling.language]
  const { columns } = words
  return {
    language: telling.language,
    title: told.title,
    under: [...(told.documentNumber ? [told.documentNumber] : []), ...(draft ? [words.draft] : [])],
    parts: [
      ...textOf(told.text),
      ...(figures ? figureParts(figures, telling) : []),
      { part: 'heading', text: figures ? words.replies : words.repliesAlone },
      {
        part: 'table',
        columns: [
          { title: columns.outline, width: 8 },
          { title: columns.reply, width: 46 },
          { title: columns.replyUnit, width: 22 },
          { title: columns.replyDue, width: 16 },
        ],
        rows: told.replies.map(({ outline, text, unit, dueAt }) => [
          outline,
          text,
          unit,
          dueAt ? momentOf(dueAt, telling) : null,
        ]),
      },
      { part: 'signature', lines: [told.issuer, ...(draft ? [] : [dateOf(told.publishedAt, telling)])] },
    ],
  }
}

const textOf = (text: string | null): Part[] => (text ? [{ part: 'paragraph', text }] : [])

function figureParts(figures: BookFigures, telling: Telling): Part[] {
  const words = documentWords[telling.language]
  const { total, groups, by, at } = figures
  const shown = words.figureColumns
  const row = (name: string, each: TaskFigures) => {
    const { closedRate, dueRate, onTimeRate } = ratesOf(each)
    return [name, each.issued, each.closed, closedRate, dueRate, onTimeRate, each.overdue, each.suspended]
  }
  return [
    { part: 'heading', text: words.situation },
    { part: 'paragraph', text: words.figures(momentOf(at, telling), { ...total, ...ratesOf(total) }) },
    ...(suspendsTooMuch(total)
      ? [{ part: 'paragraph', text: words.suspendsTooMuch, tone: 'warn' } as const]
      : []),
    { part: 'heading', text: words.byGroup },
    {
      part: 'table',
      columns: [
        { title: words.groups[by], width: 26 },
        { title: shown.issued, width: 9, align: 'right' },
        { title: shown.closed, width: 9, align: 'right' },
        { title: shown.closedRate, width: 11, align: 'right' },
        { title: shown.dueRate, width: 11, align: 'right' },
        { title: shown.onTimeRate, width: 12, align: 'right' },
        { title: shown.overdue, width: 8, align: 'right' },
        { title: shown.suspended, width: 8, align: 'right' },
      ],
      rows: [...groups.map((each) => row(each.name || words.noName, each)), row(words.total, total)],
    },
  ]
}

/** Rates as a notice prints them: two decimals, “—” where nothing is counted. */
function ratesOf(f: TaskFigures) {
  const rate = (part: number, whole: number) => {
    const percent = rateOf(part, whole)
    return percent === null ? '—' : `${percent}%`
  }
  return {
    closedRate: rate(f.closedDated, f.dated),
    dueRate: rate(f.closedDue, f.due),
    onTimeRate: rate(f.onTime, f.dueNotSuspended),
    sentBackRate: rate(f.sentBack, f.reported),
    extendedRate: rate(f.extended, f.dated),
  }
}

/** Any other book: what is owed, by whom, until when. */
export function bookDocument(book: BookView, tasks: readonly TaskView[], telling: Telling): OutDocument {
  const words = documentWords[telling.language]
  const { outline, item, acceptance, unit, supporting, due } = words.columns
  const demanded = tasks.some((task) => task.acceptance)
  return {
    language: telling.language,
    title: book.title,
    under: [
      ...(book.documentNumber ? [book.documentNumber] : []),
      ...(book.publishedAt ? [] : [words.draft]),
    ],
    parts: [
      ...textOf(book.text),
      {
        part: 'table',
        caption: bookKinds[book.kind][telling.language],
        columns: [
          { title: outline, width: 8 },
          { title: item, width: 36 },
          ...(demanded ? [{ title: acceptance, width: 26 }] : []),
          { title: unit, width: 18 },
          { title: supporting, width: 18 },
          { title: due, width: 14 },
        ],
        rows: tasks.map((task) => [
          task.outline,
          task.text,
          ...(demanded ? [task.acceptance] : []),
          task.unit.name,
          task.supporting.map(({ name }) => name).join('、'),
          dueText(task, telling),
        ]),
      },
      {
        part: 'signature',
        lines: [book.issuer.name, ...(book.publishedAt ? [dateOf(book.publishedAt, telling)] : [])],
      },
    ],
  }
}
