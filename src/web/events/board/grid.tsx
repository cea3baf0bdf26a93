// biome-ignore-all lint/a11y/useSemanticElements: a grid of which most is not drawn is no table
import {
  type KeyboardEvent,
  memo,
  type SyntheticEvent,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { dayText, wallOf } from '../../core/time.ts'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { type Cell, type Row, type Spot, steered } from './layout.ts'
import { columnWidth, headWidth, Place, type PlaceLooks, spotOf } from './place.tsx'

export const rowHeight = 44
const headHeight = 44
/** Lines and columns drawn beyond what is seen. */
const beyond = 4

interface Props extends PlaceLooks {
  rows: readonly Row[]
  times: { starts: readonly string[]; ends: readonly string[] }
  timeZone: string
  spot: Spot
  onSpot: (spot: Spot) => void
  onOpen: (cell: Cell) => void
  onKey: (event: KeyboardEvent) => void
  onDragFrom: (cell: Cell) => void
  onDropOn: (cell: Cell) => void
  onDragEnd: () => void
}

/**
 * Zones down, times across. Only what is seen is drawn, in lines that are used again for others when somebody scrolls; the
 * cursor is kept by the grid itself, so scrolling loses no focus.
 */
export function BoardGrid(props: Props) {
  const { rows, times, timeZone, spot, onSpot, pending, whyNot, fromShiftId, onOpen, onKey } = props
  const { w } = useWords()
  const box = useRef<HTMLDivElement>(null)
  const seen = useWindow(box, rows.length, times.starts.length)
  const columns = times.starts.length
  useEffect(() => {
    const element = box.current
    if (element) show(element, spot)
  }, [spot])
  const press = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / rowHeight) - 2)
    const next = steered(event.key, spot, { rows: rows.length, columns }, page)
    const cell = rows[spot.row]?.cells[spot.column]
    if (next && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault()
      onSpot(next)
    } else if (event.key === 'Enter' && cell) {
      event.preventDefault()
      onOpen(cell)
    } else onKey(event)
  }
  const cellAt = ({ target }: SyntheticEvent) => {
    const at = spotOf(target)
    const cell = at && rows[at.row]?.cells[at.column]
    return cell && { at, cell }
  }
  const drawn = []
  const pool = seen.lastRow - seen.firstRow + 1
  for (let row = seen.firstRow; row < seen.lastRow; row++) {
    const line = rows[row]
    if (line) {
      drawn.push(
        <Line
          {...{ line, row, pending, whyNot, fromShiftId }}
          key={row % pool}
          firstColumn={seen.firstColumn}
          lastColumn={seen.lastColumn}
          active={row === spot.row ? spot.column : undefined}
        />,
      )
    }
  }
  return (
    <div
      ref={box}
      className="board"
      role="grid"
      aria-label={w.board.grid}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns + 1}
      aria-activedescendant={`cell-${spot.row}-${spot.column}`}
      tabIndex={0}
      onKeyDown={press}
      onClick={(event) => {
        const found = cellAt(event)
        if (!found) return
        onSpot(found.at)
        onOpen(found.cell)
      }}
      onDragStart={(event) => {
        const found = cellAt(event)
        if (!found) return
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', found.cell.shiftId)
        props.onDragFrom(found.cell)
      }}
      onDragEnd={props.onDragEnd}
      onDragOver={(event) => {
        const shiftId = cellAt(event)?.cell.shiftId
        if (shiftId !== undefined && shiftId !== fromShiftId && !whyNot?.has(shiftId)) event.preventDefault()
      }}
      onDrop={(event) => {
        const found = cellAt(event)
        if (!found) return
        event.preventDefault()
        props.onDropOn(found.cell)
      }}
    >
      <div
        role="presentation"
        style={{ height: headHeight + rows.length * rowHeight, width: headWidth + columns * columnWidth }}
      >
        <Head times={times} timeZone={timeZone} seen={seen} />
        {drawn}
      </div>
    </div>
  )
}

interface Seen {
  firstRow: number
  lastRow: number
  firstColumn: number
  lastColumn: number
}

function useWindow(box: React.RefObject<HTMLDivElement | null>, rows: number, columns: number): Seen {
  const [seen, setSeen] = useState<Seen>({ firstRow: 0, lastRow: 30, firstColumn: 0, lastColumn: 16 })
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const look = () => {
      const { scrollTop, scrollLeft, clientHeight, clientWidth } = element
      const next = {
        firstRow: Math.max(0, Math.floor(scrollTop / rowHeight) - beyond),
        lastRow: Math.min(rows, Math.ceil((scrollTop + clientHeight) / rowHeight) + beyond),
        firstColumn: Math.max(0, Math.floor(scrollLeft / columnWidth) - 1),
        lastColumn: Math.min(columns, Math.ceil((scrollLeft + clientWidth) / columnWidth) + 1),
      }
      setSeen((last) =>
        Object.entries(next).every(([key, at]) => last[key as keyof Seen] === at) ? last : next,
      )
    }
    look()
    const sized = new ResizeObserver(look)
    sized.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      sized.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [box, rows, columns])
  // A filter may leave fewer than were seen.
  return { ...seen, lastRow: Math.min(rows, seen.lastRow), lastColumn: Math.min(columns, seen.lastColumn) }
}

/** Scrolls so that a cell is seen beside the heads. */
function show(element: HTMLElement, { row, column }: Spot): void {
  const top = row * rowHeight
  const left = column * columnWidth
  const height = element.clientHeight - headHeight
  const width = element.clientWidth - headWidth
  if (top < element.scrollTop) element.scrollTop = top
  else if (top + rowHeight > element.scrollTop + height) element.scrollTop = top + rowHeight - height
  if (left < element.scrollLeft) element.scrollLeft = left
  else if (left + columnWidth > element.scrollLeft + width) element.scrollLeft = left + columnWidth - width
}

function Head({ times, timeZone, seen }: { times: Props['times']; timeZone: string; seen: Seen }) {
  const { w, language } = useWords()
  const cells = []
  for (let column = seen.firstColumn; column < seen.lastColumn; column++) {
    const [start, end] = [times.starts[column]!, times.ends[column]!]
    cells.push(
      <div
        key={start + end}
        role="columnheader"
        tabIndex={-1}
        aria-colindex={column + 2}
        style={{ left: headWidth + column * columnWidth, width: columnWidth }}
      >
        <small>{dayText(start, timeZone, language)}</small>
        {wallOf(start, timeZone).slice(11)}–{wallOf(end, timeZone).slice(11)}
      </div>,
    )
  }
  return (
    <div className="head" role="row" tabIndex={-1} aria-rowindex={1}>
      <div
        className="corner"
        role="columnheader"
        tabIndex={-1}
        aria-colindex={1}
        style={{ width: headWidth }}
      >
        {w.board.zone}
      </div>
      {cells}
    </div>
  )
}

interface LineProps extends PlaceLooks {
  line: Row
  row: number
  firstColumn: number
  lastColumn: number
  active: number | undefined
}

const Line = memo(function Line({ line, row, firstColumn, lastColumn, active, ...looks }: LineProps) {
  const speech = useWords()
  const cells = []
  for (let column = firstColumn; column < lastColumn; column++) {
    cells.push(
      <Place
        key={column}
        {...{ speech, row, column }}
        {...looks}
        cell={line.cells[column]}
        active={active === column}
      />,
    )
  }
  return (
    <div
      className="line"
      role="row"
      tabIndex={-1}
      aria-rowindex={row + 2}
      style={{ top: headHeight + row * rowHeight }}
    >
      <div className="zone" role="rowheader" tabIndex={-1} aria-colindex={1} style={{ width: headWidth }}>
        <span translate="no" title={[line.name, line.work ?? ''].join(' ').trim()}>
          <Given>{line.name}</Given>
          {line.work && (
            <span className="soft">
              {' '}
              <Given>{line.work}</Given>
            </span>
          )}
        </span>
      </div>
      {cells}
    </div>
  )
})
