// biome-ignore-all lint/a11y/useSemanticElements: a grid of which most is not drawn is no table
import type { CSSProperties } from 'react'
import { type TransferRefusal, transferRefusals } from '#modules/mobilization/words.ts'
import type { Speech } from '../../words/index.ts'
import type { Cell, Spot } from './layout.ts'

export const columnWidth = 132
export const headWidth = 208

/** What the places of a board look like just now. */
export interface PlaceLooks {
  /** Seats that a move not answered yet gives or takes, by shift. */
  pending: ReadonlyMap<string, number>
  /** Somebody is being moved: why not, by shift. Undefined: nobody is. */
  whyNot: ReadonlyMap<string, TransferRefusal> | undefined
  /** The shift they leave. */
  fromShiftId: string | null | undefined
}

interface PlaceProps extends PlaceLooks {
  speech: Speech
  cell: Cell | undefined
  row: number
  column: number
  active: boolean
}

const percent = (part: number, whole: number) => `${Math.min(100, (100 * part) / Math.max(1, whole))}%`
const idOf = ({ row, column }: Spot) => `cell-${row}-${column}`

/** The place in which something happened, of a board whose events are heard by the whole grid. */
export function spotOf(target: EventTarget | null): Spot | undefined {
  const id = target instanceof Element ? target.closest('[role=gridcell]')?.id : undefined
  const [, row, column] = /^cell-(\d+)-(\d+)$/.exec(id ?? '') ?? []
  return row === undefined ? undefined : { row: Number(row), column: Number(column) }
}

/**
 * One shift: how full it is, or why whoever is moved cannot come. Hundreds are drawn while somebody scrolls, so a place has
 * few elements and no handlers of its own.
 */
export function Place({ speech, cell, row, column, active, pending, whyNot, fromShiftId }: PlaceProps) {
  const { w, say } = speech
  const common = {
    id: idOf({ row, column }),
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
    <div
      {...common}
      role="gridcell"
      tabIndex={-1}
      className={`place ${state}${mode}${active ? ' active' : ''}${change === 0 ? '' : ' pending'}`}
      title={title}
      draggable={taken > 0}
    >
      <span className="hear">{title}</span>
      <span className="figure" aria-hidden="true">{`${taken}/${cell.target}`}</span>
      {because || from ? (
        <small className="why" aria-hidden="true">
          {from ? w.board.leaves : w.board.why[because!]}
        </small>
      ) : (
        <span className="track" aria-hidden="true" style={trackOf(cell, taken)} />
      )}
    </div>
  )
}

function trackOf({ min, target, max }: Cell, taken: number): CSSProperties {
  const at = { '--taken': percent(taken, max), '--min': percent(min, max), '--target': percent(target, max) }
  return at as CSSProperties
}
