import type { Board } from '../../api/operations.ts'
import { grouped } from '../../core/grouped.ts'

/** A shift on the board. */
export interface Cell {
  /** Position among the shifts of the board. */
  at: number
  shiftId: string
  zone: number
  time: number
  work: number
  min: number
  target: number
  max: number
  taken: number
  minors: boolean
}

/** A team on a shift. */
export interface Party {
  team: number
  teamId: string
  name: string
  unit: string | null
  named: number
  heads: number
  accepted: number
  pinned: number
}

/** One line of the board: a zone, and its work where the zone has several at one time. */
export interface Row {
  key: string
  zone: number
  zoneId: string
  name: string
  districtCode: string | null
  work: string | null
  /** By column; undefined where the zone has no shift then. */
  cells: readonly (Cell | undefined)[]
  belowMin: number
  belowTarget: number
}

export interface BoardFilter {
  search?: string
  districtCode?: string
  below?: 'min' | 'target'
}

/** The shifts of a board, one by one. Pure. */
export function cellsOf({ shifts }: Board): Cell[] {
  return shifts.ids.map((shiftId, at) => ({
    at,
    shiftId,
    zone: shifts.zones[at]!,
    time: shifts.times[at]!,
    work: shifts.works[at]!,
    min: shifts.min[at]!,
    target: shifts.target[at]!,
    max: shifts.max[at]!,
    taken: shifts.taken[at]!,
    minors: shifts.minors[at] === 1,
  }))
}

/** The teams on each shift, by its position, the largest first. Pure. */
export function partiesOf({ parties, teams }: Board): Map<number, Party[]> {
  const found = new Map<number, Party[]>()
  for (const [n, shift] of parties.shifts.entries()) {
    const team = parties.teams[n]!
    const party = {
      team,
      teamId: teams.ids[team]!,
      name: teams.names[team]!,
      unit: teams.units[team] ?? null,
      named: parties.named[n]!,
      heads: parties.heads[n]!,
      accepted: parties.accepted[n]!,
      pinned: parties.pinned[n]!,
    }
    found.set(shift, [...(found.get(shift) ?? []), party])
  }
  const size = ({ named, heads }: Party) => named + heads
  for (const each of found.values()) each.sort((a, b) => size(b) - size(a))
  return found
}

/**
 * The lines of a board: by district, the worst first. Two shifts of a zone at one time stand on lines of their own, named
 * by their work. Pure.
 */
export function rowsOf(board: Board): Row[] {
  const lines = new Map<string, { cells: (Cell | undefined)[]; zone: number; work: number }>()
  const crowded = crowdedZones(board)
  for (const cell of cellsOf(board)) {
    for (let nth = 0; ; nth++) {
      const key = `${board.zones.ids[cell.zone]} ${crowded.has(cell.zone) ? cell.work : ''} ${nth}`
      const line = lines.get(key) ?? { cells: [], zone: cell.zone, work: cell.work }
      if (line.cells[cell.time]) continue
      line.cells[cell.time] = cell
      lines.set(key, line)
      break
    }
  }
  const rows = [...lines].map(([key, { cells, zone, work }]): Row => {
    const own = cells.filter((cell) => cell !== undefined)
    const missing = (what: 'min' | 'target') =>
      own.reduce((sum, cell) => sum + Math.max(0, cell[what] - cell.taken), 0)
    return {
      ...{ key, zone, cells },
      zoneId: board.zones.ids[zone]!,
      name: board.zones.names[zone]!,
      districtCode: board.zones.districtCodes[zone] ?? null,
      work: crowded.has(zone) ? board.works[work]! : null,
      belowMin: missing('min'),
      belowTarget: missing('target'),
    }
  })
  const byDistrict = grouped(rows, ({ districtCode }) => districtCode?.slice(0, 6) ?? '')
  const sum = (some: readonly Row[], what: 'belowMin' | 'belowTarget') =>
    some.reduce((total, row) => total + row[what], 0)
  return [...byDistrict.values()]
    .sort((a, b) => sum(b, 'belowMin') - sum(a, 'belowMin') || sum(b, 'belowTarget') - sum(a, 'belowTarget'))
    .flatMap((some) => some.sort(worstFirst))
}

function worstFirst(a: Row, b: Row): number {
  return b.belowMin - a.belowMin || b.belowTarget - a.belowTarget || (a.key < b.key ? -1 : 1)
}

/** Zones with two different works at one time. */
function crowdedZones(board: Board): Set<number> {
  const seen = new Set<string>()
  const crowded = new Set<number>()
  for (const { zone, time } of cellsOf(board)) {
    const key = `${zone} ${time}`
    if (seen.has(key)) crowded.add(zone)
    seen.add(key)
  }
  return crowded
}

/** The lines that a filter leaves. Pure. */
export function filtered(rows: readonly Row[], { search, districtCode, below }: BoardFilter): Row[] {
  const wanted = search?.trim().toLowerCase()
  return rows.filter((row) => {
    if (wanted && !row.name.toLowerCase().includes(wanted)) return false
    if (districtCode && !row.districtCode?.startsWith(districtCode)) return false
    if (below === 'min') return row.belowMin > 0
    return below === 'target' ? row.belowTarget > 0 : true
  })
}

/** Where the cursor is: a line and a column. */
export interface Spot {
  row: number
  column: number
}

/** The next shift below its minimum after a spot, else the next below its target, reading line by line. Pure. */
export function nextGap(rows: readonly Row[], columns: number, from: Spot): Spot | undefined {
  const start = from.row * columns + from.column
  const all = rows.length * columns
  for (const what of ['min', 'target'] as const) {
    for (let step = 1; step <= all; step++) {
      const at = (start + step) % all
      const spot = { row: Math.floor(at / columns), column: at % columns }
      const cell = rows[spot.row]?.cells[spot.column]
      if (cell && cell.taken < cell[what]) return spot
    }
  }
  return undefined
}

/** Where a key leads. Pure. */
export function steered(
  key: string,
  { row, column }: Spot,
  size: { rows: number; columns: number },
  page: number,
): Spot | undefined {
  const to = (r: number, c: number): Spot => ({
    row: Math.max(0, Math.min(size.rows - 1, r)),
    column: Math.max(0, Math.min(size.columns - 1, c)),
  })
  switch (key) {
    case 'ArrowDown':
      return to(row + 1, column)
    case 'ArrowUp':
      return to(row - 1, column)
    case 'ArrowRight':
      return to(row, column + 1)
    case 'ArrowLeft':
      return to(row, column - 1)
    case 'PageDown':
      return to(row + page, column)
    case 'PageUp':
      return to(row - page, column)
    case 'Home':
      return to(row, 0)
    case 'End':
      return to(row, size.columns - 1)
    default:
      return undefined
  }
}
