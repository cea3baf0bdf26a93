// biome-ignore-all lint/a11y/useSemanticElements: a grid of which most is not drawn is no table
import { type TransferRefusal, transferRefusals } from '#modules/mobilization/words.ts'
import { useWords } from '../../words/index.ts'
import type { Cell, Spot } from './layout.ts'

export const columnWidth = 132
export const headWidth = 208

/** What can be done with the cells of a board. */
export interface PlaceActs {
  onSpot: (spot: Spot) => void
  onOpen: (cell: Cell) => void
  onDragFrom: (cell: Cell) => void
  onDropOn: (cell: Cell) => void
  onDragEnd: () => void
}

interface PlaceProps {
  act: PlaceActs
  pending: ReadonlyMap<string, number>
  whyNot: ReadonlyMap<string, TransferRefusal> | undefined
  fromShiftId: string | null | undefined
  cell: Cell | undefined
  row: number
  column: number
  active: boolean
}

const percent = (part: number, whole: number) => `${Math.min(100, (100 * part) / Math.max(1, whole))}%`

/** One shift: how full it is, or why whoever is moved cannot come. */
export function Place({ cell, row, column, active, act, pending, whyNot, fromShiftId }: PlaceProps) {
  const { w, say } = useWords()
  const common = {
    id: `cell-${row}-${column}`,
    'aria-colindex': column + 2,
    'aria-selected': active,
    style: { left: headWidth + column * columnWidth, width: columnWidth },
  }
  if (!cell)
    return (
      <div {...common} role="gridcell" tabIndex={-1} className={active ? 'none active' : 'none'}>
        <span className="hear">{w.board.noShift}</span>
      </div>
    )
  const change = pending.get(cell.shiftId) ?? 0
  const taken = cell.taken + change
  const from = whyNot !== undefined && cell.shiftId === fromShiftId
  const because = from ? undefined : whyNot?.get(cell.shiftId)
  const state = taken < cell.min ? 'low' : taken < cell.target ? 'short' : 'full'
  const mode = whyNot === undefined ? '' : from ? ' from' : because ? ' cannot' : ' can'
  const title = [
    w.shifts.fillTitle(taken, cell.min, cell.target, cell.max),
    ...(from ? [w.board.leaves] : because ? [say(transferRefusals[because])] : []),
  ].join(' · ')
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are pressed on the grid, which names its active cell
    <div
      {...common}
      role="gridcell"
      tabIndex={-1}
      className={`place ${state}${mode}${active ? ' active' : ''}${change === 0 ? '' : ' pending'}`}
      title={title}
      draggable={taken > 0}
      onClick={() => {
        act.onSpot({ row, column })
        act.onOpen(cell)
      }}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', cell.shiftId)
        act.onDragFrom(cell)
      }}
      onDragEnd={() => act.onDragEnd()}
      onDragOver={(event) => {
        if (!because && !from) event.preventDefault()
      }}
      onDrop={(event) => {
        event.preventDefault()
        act.onDropOn(cell)
      }}
    >
      <span className="hear">{title}</span>
      <span className="figure" aria-hidden="true">
        {taken}/{cell.target}
      </span>
      {because || from ? (
        <small className="why" aria-hidden="true">
          {from ? w.board.leaves : w.board.why[because!]}
        </small>
      ) : (
        <span className="track" aria-hidden="true">
          <i style={{ width: percent(taken, cell.max) }} />
          <b style={{ left: percent(cell.min, cell.max) }} />
          <b style={{ left: percent(cell.target, cell.max) }} />
        </span>
      )}
    </div>
  )
}
