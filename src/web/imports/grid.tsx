// biome-ignore-all lint/a11y/useSemanticElements: only the lines in view are drawn; a table has all of its lines
// biome-ignore-all lint/a11y/useFocusableInteractive: one line of the grid takes the focus, its cells none
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ImportLine, ImportSheet } from '../api/operations.ts'
import { letterOf } from './facts.ts'
import { GridLine } from './grid-line.tsx'
import { useFieldNames } from './kinds.ts'
import { useImportWords } from './words/index.ts'

/** The height of a line, in pixels: all are alike, so that only those in view are drawn. */
const linePx = 32
/** The height of the two lines of headings above them. */
const headPx = 56
/** Lines drawn above and below those in view. */
const spare = 8
/** Before this many lines of the end, more are asked for. */
const ahead = 60

interface Props {
  sheet: ImportSheet
  lines: ImportLine[]
  chosen: number | undefined
  choose: (line: number) => void
  /** Asks for more lines; undefined: there are no more. */
  more: (() => void) | undefined
}

/** A sheet as it was sent. Of however many lines, those in view are drawn; the arrow keys go from line to line. */
export function SheetGrid({ sheet, lines, chosen, choose, more }: Props) {
  const i = useImportWords()
  const view = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const [height, setHeight] = useState(520)
  const byKey = useRef(false)
  const fieldName = useFieldNames()
  const heads = headsOf(sheet, fieldName, i)
  const widths = widthsOf(heads, lines)
  useLayoutEffect(() => {
    const element = view.current
    if (!element) return
    const watch = new ResizeObserver(() => setHeight(element.clientHeight))
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  const at = lines.findIndex(({ line }) => line === chosen)
  useEffect(() => {
    const element = view.current
    if (!element || at < 0) return
    const [from, until] = [at * linePx, (at + 1) * linePx + headPx]
    if (from < element.scrollTop) element.scrollTop = from
    else if (until > element.scrollTop + element.clientHeight)
      element.scrollTop = until - element.clientHeight
  }, [at])
  useEffect(() => {
    if (!byKey.current || at < 0) return
    byKey.current = false
    view.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus({ preventScroll: true })
  })
  const first = Math.max(0, Math.floor(top / linePx) - spare)
  const last = Math.min(lines.length, Math.ceil((top + height) / linePx) + spare)
  useEffect(() => {
    if (more && last > lines.length - ahead) more()
  }, [more, last, lines.length])

  const move = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12 }
    const from = Math.max(at, 0)
    const to =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? lines.length - 1
          : from + (steps[event.key] ?? Number.NaN)
    if (event.key === 'Enter') document.getElementById('line-panel')?.focus()
    if (Number.isNaN(to)) return
    event.preventDefault()
    byKey.current = true
    choose(lines[Math.min(lines.length - 1, Math.max(0, to))]?.line ?? 0)
  }

  const focusable = at >= first && at < last ? at : first
  return (
    <div className="grid-view" ref={view} onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
      <div
        role="grid"
        aria-label={i.sheetTitle}
        aria-description={i.gridHelp}
        aria-rowcount={more ? -1 : lines.length + 1}
        aria-colcount={widths.length + 1}
        aria-readonly="true"
        tabIndex={-1}
        onKeyDown={move}
        style={{ width: widths.reduce((sum, width) => sum + width, 64) }}
      >
        <Head heads={heads} widths={widths} />
        <div role="rowgroup" className="grid-lines" style={{ height: lines.length * linePx }}>
          {lines.slice(first, last).map((line, index) => (
            <GridLine
              key={line.line}
              sheet={sheet}
              line={line}
              widths={widths}
              rowIndex={first + index + 2}
              top={(first + index) * linePx}
              chosen={line.line === chosen}
              focusable={first + index === focusable}
              choose={() => choose(line.line)}
            />
          ))}
        </div>
      </div>
      {more && <p className="soft loading-more">{i.loadingMore}</p>}
    </div>
  )
}

interface HeadOf {
  text: string
  /** Which of the looks of a column's head. */
  look: string
}

/** What each column was taken for: by its place, in words; people of one row in turns of two shades. */
function headsOf(
  sheet: ImportSheet,
  fieldName: (field: string | null) => string | null,
  i: ReturnType<typeof useImportWords>,
): HeadOf[] {
  const several = sheet.columns.some(({ part }) => part !== null && part > 0)
  const unread = new Map(sheet.unreadColumns.map((column) => [column.index, column]))
  const columns = Math.max(
    0,
    ...sheet.columns.map(({ index }) => index + 1),
    ...[...unread.keys()].map((index) => index + 1),
  )
  return Array.from({ length: columns }, (_, index) => {
    const column = sheet.columns.find((each) => each.index === index)
    const name = fieldName(column?.field ?? null)
    const part = column?.part ?? null
    if (name) {
      const shade = part === null ? '' : part % 2 === 0 ? ' part-even' : ' part-odd'
      return { text: several && part !== null ? i.personOf(name, part + 1) : name, look: `read${shade}` }
    }
    const left = unread.get(index)
    if (!left || left.values === 0) return { text: '', look: 'bare' }
    return { text: `✕ ${i.notRead}`, look: left.holdsPeople ? 'unread holds' : 'unread' }
  })
}

interface HeadProps {
  heads: readonly HeadOf[]
  widths: readonly number[]
}

/** The letters of the columns, and below each what it was taken for. */
function Head({ heads, widths }: HeadProps) {
  const i = useImportWords()
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" aria-rowindex={1}>
        <div role="columnheader" className="gutter">
          {i.line}
        </div>
        {widths.map((width, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is known by its place
          <div role="columnheader" key={index} className={heads[index]?.look ?? 'bare'} style={{ width }}>
            <small aria-label={i.column(letterOf(index))} role="img">
              <span aria-hidden="true">{letterOf(index)}</span>
            </small>
            <span className="means">{heads[index]?.text}</span>
          </div>
        ))}
      </div>
    </div>
  )
}

/** Wide enough for what stands in a column, as far as it has been read; within limits. */
function widthsOf(heads: readonly HeadOf[], lines: readonly ImportLine[]): number[] {
  const columns = Math.max(1, heads.length, ...lines.slice(0, 200).map(({ cells }) => cells.length))
  const wide = Array.from({ length: columns }, (_, index) => Math.max(72, lengthOf(heads[index]?.text ?? '')))
  for (const { cells, merges } of lines.slice(0, 200))
    for (const [index, { text }] of cells.entries()) {
      const isMerged = merges.some(({ left, right }) => right > left && left <= index && index <= right)
      if (text && !isMerged) wide[index] = Math.max(wide[index] ?? 72, lengthOf(text))
    }
  return wide.map((width) => Math.min(240, width))
}

/** About how many pixels a text takes. */
function lengthOf(text: string): number {
  let pixels = 24
  for (const letter of text.slice(0, 40)) pixels += letter.charCodeAt(0) > 0x2e7f ? 14 : 8
  return pixels
}
