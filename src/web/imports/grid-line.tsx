// biome-ignore-all lint/a11y/useSemanticElements: only the lines in view are drawn; a table has all of its lines
// biome-ignore-all lint/a11y/useFocusableInteractive: one line of the grid takes the focus, its cells none
import { rowKinds } from '#modules/imports/words.ts'
import type { ImportLine, ImportSheet } from '../api/operations.ts'
import { Given } from '../ui/plain/given.tsx'
import { useWords } from '../words/index.ts'
import { judgementOrder } from './facts.ts'
import { Mark } from './marks.tsx'
import { useImportWords } from './words/index.ts'

interface Props {
  sheet: ImportSheet
  line: ImportLine
  widths: readonly number[]
  rowIndex: number
  top: number
  chosen: boolean
  focusable: boolean
  choose: () => void
}

/** One line of a sheet: its cells as they stand, and what was found in it. */
export function GridLine({ sheet, line, widths, rowIndex, top, chosen, focusable, choose }: Props) {
  const { say } = useWords()
  const i = useImportWords()
  const found = new Set(line.rows.map(({ judgement }) => judgement))
  const worst = judgementOrder.find((judgement) => found.has(judgement))
  const wrong = new Map(
    line.rows.flatMap(({ problems }) => problems).map(({ index, reason }) => [index, reason] as const),
  )
  const classes = [
    'grid-line',
    `kind-${line.kind}`,
    worst,
    chosen && 'chosen',
    line.leftOut && 'left-out',
    line.hidden && 'was-hidden',
  ]
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it listens to the keys
    <div
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={chosen}
      tabIndex={focusable ? 0 : -1}
      className={classes.filter(Boolean).join(' ')}
      style={{ top }}
      onClick={choose}
    >
      <div role="rowheader" className="gutter">
        <span>{line.line}</span>
        {worst && !line.leftOut && <Mark short judgement={worst} />}
        {line.leftOut && <span className="hear">{i.leftOut}</span>}
        {line.kind !== 'data' && <span className="hear">{say(rowKinds[line.kind])}</span>}
      </div>
      {widths.map((width, index) => (
        <Cell
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its place
          key={index}
          sheet={sheet}
          line={line}
          index={index}
          widths={widths}
          width={width}
          wrong={wrong.get(index)}
        />
      ))}
    </div>
  )
}

interface CellProps {
  sheet: ImportSheet
  line: ImportLine
  index: number
  widths: readonly number[]
  width: number
  wrong: string | undefined
}

function Cell({ sheet, line, index, widths, width, wrong }: CellProps) {
  const i = useImportWords()
  const cell = line.cells[index]
  const merge = line.merges.find(({ left, right }) => left <= index && index <= right)
  // What stands in a merged range stands in its first cell, over the width of all.
  if (merge && index > merge.left)
    return <div role="gridcell" className="covered" style={{ width: 0 }} aria-hidden="true" />
  const whole = merge ? widths.slice(merge.left, merge.right + 1).reduce((sum, each) => sum + each, 0) : width
  const column = sheet.columns.find((each) => each.index === index)
  const isUnread = column === undefined || column.field === null
  const was = cell?.was
  const classes = [
    wrong && 'wrong',
    was !== null && was !== undefined && 'corrected',
    isUnread && line.kind === 'data' && 'not-read',
    merge && line.line > merge.top && 'goes-on',
    cell?.kind === 'number' && 'number',
  ]
  const title = [
    cell?.text,
    wrong,
    was !== null && was !== undefined && (was === '' ? i.wasEmpty : i.was(was)),
  ]
  return (
    <div
      role="gridcell"
      className={classes.filter(Boolean).join(' ') || undefined}
      style={{ width: whole }}
      title={title.filter(Boolean).join('\n') || undefined}
      translate="no"
    >
      {cell?.text ? <Given>{cell.text}</Given> : null}
      {wrong && <span className="hear"> {wrong}</span>}
    </div>
  )
}
