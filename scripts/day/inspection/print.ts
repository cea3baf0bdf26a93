/** Prints what an inspection has come to: the ranking, the rates with their integers, and the head of the wall chart. */
import { wrapped } from '../columns.ts'
import { table } from '../report.ts'
import type { Caller } from './world.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers of the service
type Answer = any

export function printRanking({ month, state, lines, visits, appeals }: Answer): void {
  const heading = [
    '测评排名 · ranking',
    '名次 rank',
    '综合 score',
    '现场 field',
    '点位 points',
    '按期/应结 in time',
    '同组 bracket',
  ]
  const rows = lines.map(({ name, rank, total, field, points, onTime, bracket, unrankedBecause }: Answer) => [
    name,
    rank === null ? (unrankedBecause ?? '—') : `${rank}`,
    percent(total),
    percent(field),
    `${points}`,
    `${onTime.part}/${onTime.whole}`,
    bracket === null ? '—' : `${bracket}`,
  ])
  const said = `${month} ${state === 'final' ? '已定稿 · final' : '公示中 · open to appeals'}, ${visits} 次走访 · visits, 申诉 ${appeals.granted} 件成立 · appeals granted`
  process.stdout.write(`\n${table(heading, rows)}\n${wrapped(said)}\n`)
}

const percent = (value: number | null) => (value === null ? '—' : value.toFixed(2))

const rateNames: Readonly<Record<string, string>> = {
  rectified: '整改率 · put right',
  settled: '结案率 · closed of due',
  onTime: '按期结案率 · in time',
  rework: '返工率 · sent back',
  extended: '延期率 · extended',
  recurrence: '反弹率 · fell back',
}

export function printRates({ figures, rates }: Answer): void {
  const rows = Object.entries(rateNames).map(([key, name]) => {
    const { part, whole, percent: said } = rates[key]
    return [name, `${part}/${whole}`, said === null ? '—' : `${said}%`]
  })
  const said = `交办 ${figures.issued} · issued, 销号 ${figures.closed} · closed, 未办结 ${figures.open} · open, 撤销 ${figures.cancelled} · cancelled`
  process.stdout.write(`\n${table(['整改问题 · cases', '件数 · integers', ''], rows)}\n${wrapped(said)}\n`)
}

const symbols: Readonly<Record<string, string>> = {
  draft: '○',
  issued: '○',
  accepted: '◐',
  reported: '◐',
  returned: '◐',
  closed: '●',
  suspended: '■',
  cancelled: '×',
}

/** The first rows of the wall chart of a book. */
export async function printChart(office: Caller, bookId: string): Promise<void> {
  const book = await office.get(`/api/books/${bookId}`)
  const { items } = await office.get(`/api/tasks?bookId=${bookId}&limit=5`)
  const { closed, tasks, overdue } = book.funnel
  const rows = items.map(({ outline, text, unit, dueAt, state, overdue: late }: Answer) => [
    `${late ? '▲' : symbols[state]} ${outline}`,
    text.length > 26 ? `${text.slice(0, 26)}…` : text,
    unit.name.length > 14 ? `${unit.name.slice(0, 14)}…` : unit.name,
    dueAt === null ? '不限期' : dueAt.slice(5, 10),
  ])
  const heading = ['序号 no.', '任务 · task', '责任单位 · unit', '时限 due']
  const said = `共${tasks}项，已销号${closed}项，逾期${overdue}项 · ${closed} of ${tasks} signed off, ${overdue} overdue`
  process.stdout.write(
    `\n${wrapped(`${book.title}作战图 · wall chart`)}\n${table(heading, rows)}\n${wrapped(said)}\n`,
  )
}
