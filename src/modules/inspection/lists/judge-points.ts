/** Judges the rows of lists of points: which zone, which class, which unit; what is there already stays as it is. */
import { inArray } from 'drizzle-orm'
import {
  districtCodeOf,
  type Judging,
  putAside,
  type Ref,
  refuse,
  resolveUnit,
  type Scene,
} from '#modules/imports/index.ts'
import { districtHolds } from '#modules/organisation/index.ts'
import { inChunks } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { cityBox } from '../points/place-of-point.ts'
import { type FullPoint, selectPoints } from '../points/point-queries.ts'
import { points } from '../schema.ts'
import type { PointClass } from '../words.ts'
import { pointClassIn } from './cell-words.ts'
import { pointReasons } from './point-reasons.ts'
import type { PointCells } from './point-sheets.ts'
import { saidBy } from './said-by.ts'
import { type BookedZone, type Position, ZoneBook } from './zone-book.ts'

export interface PlannedPoint {
  /** Of a point that is there and changes, as it was judged. */
  id?: string
  version?: number
  code: string
  name: string
  pointClass: PointClass
  zoneId: string
  unit: Ref | null
  latitude: number | null
  longitude: number | null
}

export async function judgePoints(rows: readonly Judging[], scene: Scene): Promise<PlannedPoint[]> {
  if (rows.length === 0) return []
  const reach = scene.gate.reachOf('points')
  if (!reach) {
    putAside(rows, 'list.not_permitted')
    return []
  }
  const judge = await Judge.load(rows, scene, reach)
  return rows.flatMap((judging) => (judging.open ? judge.planned(judging) : []))
}

const cellsOf = ({ row }: Judging) => (row.entry.more ?? {}) as PointCells
const codeOf = (judging: Judging) => cellsOf(judging).pointCode?.trim() ?? ''
const positionOf = ({ row: { entry } }: Judging): Position | undefined =>
  entry.latitude === undefined || entry.longitude === undefined
    ? undefined
    : { latitude: entry.latitude, longitude: entry.longitude }

class Judge {
  readonly #scene: Scene
  readonly #reach: Reach
  readonly #zones: ZoneBook
  readonly #known: ReadonlyMap<string, FullPoint>
  readonly #box: Awaited<ReturnType<typeof cityBox>>
  /** The first row with each code. */
  readonly #taken = new Map<string, Judging>()

  private constructor(scene: Scene, reach: Reach, read: Pick<Loaded, 'book' | 'known' | 'box'>) {
    this.#scene = scene
    this.#reach = reach
    this.#zones = read.book
    this.#known = read.known
    this.#box = read.box
  }

  static async load(rows: readonly Judging[], scene: Scene, reach: Reach): Promise<Judge> {
    const { db, book: unitBook } = scene
    await unitBook.load(rows.flatMap((judging) => cellsOf(judging).owingUnits ?? []))
    const book = await ZoneBook.load(db, reach)
    const judge = new Judge(scene, reach, {
      book,
      known: await knownPoints(db, rows.map(codeOf)),
      box: await cityBox(db),
    })
    await book.loadPlaces(
      [...rows.flatMap((judging) => judge.#named(judging) ?? []), ...[...judge.#known.values()].map(zoneOf)],
      rows.flatMap((judging) => positionOf(judging) ?? []),
    )
    return judge
  }

  planned(judging: Judging): PlannedPoint[] {
    const code = codeOf(judging)
    if (code === '') refuse(judging, 'pointCode', pointReasons.codeMissing)
    if (code.length > 40) refuse(judging, 'pointCode', pointReasons.codeLong)
    if (!judging.open) return []
    const known = this.#known.get(code)
    if (known && !this.#mayEdit(known)) {
      refuse(judging, 'pointCode', pointReasons.outOfReach, { value: code })
      return []
    }
    if (known?.point.closedAt) refuse(judging, 'pointCode', pointReasons.closed, { value: code })
    if (this.#repeats(judging, code)) return []
    const point = this.#read(judging, code, known)
    if (!point) return []
    if (!known) {
      judging.outcome = 'new'
      judging.contributed = true
      return [point]
    }
    judging.target = { kind: 'point', id: known.point.id }
    const changes = differences(known, point)
    for (const change of changes) judging.raise(change)
    if (changes.length === 0) return []
    judging.contributed = true
    return [{ ...point, id: known.point.id, version: known.point.version }]
  }

  #mayEdit({ districtCode }: FullPoint): boolean {
    if (this.#reach.everything) return true
    return districtCode !== null && this.#reach.codes.some((code) => districtHolds(code, districtCode))
  }

  /** What the row says, and for what it leaves out what is known. */
  #read(judging: Judging, code: string, known: FullPoint | undefined): PlannedPoint | undefined {
    const { pointName, pointClass: said } = cellsOf(judging)
    const name = pointName ?? known?.point.name
    if (name === undefined) refuse(judging, 'pointName', pointReasons.nameMissing)
    else if (name.length > 100) refuse(judging, 'pointName', pointReasons.nameLong)
    const pointClass = said === undefined ? known?.point.pointClass : pointClassIn(said)
    if (pointClass === undefined)
      refuse(
        judging,
        'pointClass',
        said === undefined ? pointReasons.classMissing : pointReasons.classUnknown,
        {
          ...(said === undefined ? {} : { value: said }),
        },
      )
    const position = positionOf(judging)
    const zoneId = this.#zoneOf(judging, position, known)
    const unit = this.#unitOf(judging, known)
    if (!judging.open || name === undefined || pointClass === undefined || zoneId === undefined)
      return undefined
    if (unit === undefined) return undefined
    const { latitude = null, longitude = null } = position ?? known?.point ?? {}
    return { code, name, pointClass, zoneId, unit, latitude, longitude }
  }

  #districtOf({ row: { entry } }: Judging): string | undefined {
    return entry.district === undefined ? undefined : districtCodeOf(entry.district, this.#scene.districts)
  }

  #named(judging: Judging): BookedZone | undefined {
    const { pointZone } = cellsOf(judging)
    const zone = pointZone === undefined ? undefined : this.#zones.named(pointZone, this.#districtOf(judging))
    return typeof zone === 'object' ? zone : undefined
  }

  #zoneOf(
    judging: Judging,
    position: Position | undefined,
    known: FullPoint | undefined,
  ): string | undefined {
    const { pointZone } = cellsOf(judging)
    const { district } = judging.row.entry
    if (district !== undefined && this.#districtOf(judging) === undefined)
      refuse(judging, 'district', pointReasons.districtUnknown, { value: district })
    if (position && !this.#inCity(position)) {
      refuse(judging, 'longitude', pointReasons.outsideCity)
      return undefined
    }
    if (pointZone === undefined) return this.#zoneUnnamed(judging, position, known)
    const zone = this.#zones.named(pointZone, this.#districtOf(judging))
    if (zone === 'unknown') refuse(judging, 'pointZone', pointReasons.zoneUnknown, { value: pointZone })
    else if (zone === 'several') refuse(judging, 'pointZone', pointReasons.zoneSeveral, { value: pointZone })
    else if (!position || this.#zones.holds(zone, position)) return zone.id
    else refuse(judging, 'longitude', pointReasons.outsideZone)
    return undefined
  }

  /** A point that is known stays in its zone while its position does; else the smallest zone that contains it. */
  #zoneUnnamed(
    judging: Judging,
    position: Position | undefined,
    known: FullPoint | undefined,
  ): string | undefined {
    if (known && (!position || this.#zones.holds(zoneOf(known), position))) return known.point.zoneId
    const around = position && this.#zones.containing(position)
    if (around) return around.id
    if (position) refuse(judging, 'longitude', pointReasons.outsideZones)
    else refuse(judging, 'pointZone', pointReasons.zoneMissing)
    return undefined
  }

  #inCity({ latitude, longitude }: Position): boolean {
    const box = this.#box
    if (!box) return true
    return longitude >= box.west && longitude <= box.east && latitude >= box.south && latitude <= box.north
  }

  /** The unit whose point it is; null: of none. Undefined: the row waits, is skipped or refused. */
  #unitOf(judging: Judging, known: FullPoint | undefined): Ref | null | undefined {
    const name = judging.row.entry.unit ?? cellsOf(judging).owingUnits
    if (name === undefined) return known?.point.unitId ?? null
    return resolveUnit(judging, name, this.#scene)
  }

  /** Whether an earlier row has the same code: it says the same, or this row is refused. */
  #repeats(judging: Judging, code: string): boolean {
    const first = this.#taken.get(code)
    if (!first) {
      this.#taken.set(code, judging)
      return false
    }
    if (saidBy(first) === saidBy(judging)) {
      judging.outcome = 'duplicate'
      judging.repeats(first.row)
    } else refuse(judging, 'pointCode', pointReasons.codeTwice, { value: code, row: first.row })
    return true
  }
}

const zoneOf = ({ point, zonePath, districtCode }: FullPoint): BookedZone => ({
  id: point.zoneId,
  path: zonePath,
  districtCode,
})

interface Loaded {
  book: ZoneBook
  known: Map<string, FullPoint>
  box: Awaited<ReturnType<typeof cityBox>>
}

async function knownPoints(db: Scene['db'], codes: readonly string[]): Promise<Map<string, FullPoint>> {
  const known = new Map<string, FullPoint>()
  const asked = new Set(codes.filter((code) => code !== ''))
  await inChunks([...asked], 500, async (some) => {
    for (const full of await selectPoints(db).where(inArray(points.code, [...some])))
      known.set(full.point.code, full)
  })
  return known
}

function differences({ point }: FullPoint, planned: PlannedPoint): string[] {
  const changes: string[] = []
  if (point.name !== planned.name) changes.push('pointName')
  if (point.pointClass !== planned.pointClass) changes.push('pointClass')
  if (point.zoneId !== planned.zoneId) changes.push('pointZone')
  if (point.unitId !== planned.unit) changes.push('unit')
  if (point.longitude !== planned.longitude) changes.push('longitude')
  if (point.latitude !== planned.latitude) changes.push('latitude')
  return changes
}
