/** Prints the figures of the day and the checks on them. */

import { widthOf, wrapped } from './columns.ts'
import type { PlanRead } from './planning.ts'

export interface Check {
  what: string
  wanted: number
  found: number
}

const pad = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - widthOf(text)))
const padLeft = (text: string, width: number) => ' '.repeat(Math.max(0, width - widthOf(text))) + text

/** A text table: the first column is left-aligned, the others right-aligned. */
export function table(heading: string[], rows: (string | number)[][]): string {
  const cells = [
    heading,
    ...rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell))),
  ]
  const widths = heading.map((_, at) => Math.max(...cells.map((row) => widthOf(row[at] ?? ''))))
  const line = (row: string[]) =>
    `  ${row.map((cell, at) => (at === 0 ? pad(cell, widths[at] as number) : padLeft(cell, widths[at] as number))).join('  ')}`
  const [head, ...body] = cells as [string[], ...string[][]]
  return [line(head), `  ${widths.map((width) => '─'.repeat(width)).join('  ')}`, ...body.map(line)].join(
    '\n',
  )
}

/** Prints every check. Returns whether all hold. */
export function printChecks(checks: readonly Check[]): boolean {
  const rows = checks.map(({ what, wanted, found }) => [what, wanted, found, wanted === found ? '✓' : '✗'])
  process.stdout.write(`${table(['核对 · check', '应为 · expected', '实为 · found', ''], rows)}\n`)
  return checks.every(({ wanted, found }) => wanted === found)
}

/**
 * Prints the quality of the plan: for each goal the value achieved, the bound (the best value that any plan can reach) and
 * its proof; then the most important explanations of empty places.
 */
export function printPlan({ quality, headlines, shortagesTotal }: PlanRead): void {
  if (!quality) return
  const rows = quality.goals.map(({ name, achieved, bound, proofName }) => [
    `${name.zh} · ${name.en}`,
    round(achieved),
    bound === null ? '—' : round(bound),
    proofName ? `${proofName.zh} · ${proofName.en}` : '—',
  ])
  const heading = ['方案质量 · plan quality', '达到 · achieved', '界 · bound', '依据 · proven by']
  process.stdout.write(`\n${table(heading, rows)}\n`)
  if (shortagesTotal === 0) return
  process.stdout.write(
    `\n  空缺共 ${shortagesTotal} 处，均附原因；最要紧的 ${headlines.length} 条 · ${shortagesTotal} shortages, each with its reason; what matters most:\n`,
  )
  for (const [at, { text }] of headlines.entries())
    process.stdout.write(`${wrapped(`${at + 1}. ${text.zh}`)}\n${wrapped(`   ${text.en}`)}\n`)
}

const round = (figure: number) => Math.round(figure * 100) / 100

interface Report {
  definitions: Record<string, { name: { zh: string; en: string } }>
  total: Record<string, number>
  breakdowns: Record<string, { name: { zh: string }; figures: Record<string, number> }[]>
}

/** Prints the report as tables, and the text of the bulletin. */
export function printReport({ definitions, total, breakdowns }: Report, bulletin: string): void {
  const rows = Object.entries(total).map(([figure, n]) => {
    const name = definitions[figure]?.name
    return [`${name?.zh ?? figure} · ${name?.en ?? ''}`, n]
  })
  process.stdout.write(`\n${table(['日终报表 · report of the day', ''], rows)}\n`)
  const columns = [
    'assigned',
    'accepted',
    'arrived',
    'late',
    'absent',
    'unanswered',
    'declined',
    'excused',
    'cancelled',
    'countedHeads',
  ]
  for (const by of ['district', 'zoneKind']) {
    const lines = (breakdowns[by] ?? []).map(({ name, figures }) => [
      name.zh,
      ...columns.map((column) => figures[column] ?? 0),
    ])
    const heading = [
      by === 'district' ? '县区' : '区域类型',
      // What stands in brackets is said in the table above.
      ...columns.map((column) => (definitions[column]?.name.zh ?? column).replace(/（.*）/, '')),
    ]
    process.stdout.write(`\n${table(heading, lines)}\n`)
  }
  process.stdout.write(
    `\n  快报 · bulletin\n${bulletin
      .split('\n')
      .map((line) => wrapped(line, '  │ ', '  │ '))
      .join('\n')}\n\n`,
  )
}
