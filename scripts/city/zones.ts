/** Generates 420 grid cells with invented names and outlines around the real district seats. */
import { districts } from './divisions.ts'
import { Dice, split } from './random.ts'

export interface Cell {
  code: string
  name: string
  kind: string
  parentCode: string
  districtCode: string
  minorsSuitable: boolean
  latitude: number
  longitude: number
  /** Half the width of the cell, in metres. */
  radiusMetres: number
}

export const cellCount = 420

const kinds: readonly { kind: string; suffix: string; share: number; minors: boolean }[] = [
  { kind: 'community', suffix: '社区', share: 24, minors: true },
  { kind: 'compound', suffix: '小区', share: 20, minors: true },
  { kind: 'street', suffix: '路', share: 18, minors: false },
  { kind: 'back_street', suffix: '巷', share: 10, minors: false },
  { kind: 'park', suffix: '公园', share: 8, minors: true },
  { kind: 'square', suffix: '广场', share: 8, minors: true },
  { kind: 'market', suffix: '市场', share: 6, minors: false },
  { kind: 'school_surroundings', suffix: '校园周边', share: 5, minors: true },
  { kind: 'station', suffix: '站', share: 4, minors: false },
]
const words = [
  '和平',
  '胜利',
  '朝阳',
  '滨河',
  '解放',
  '建设',
  '人民',
  '永丰',
  '峪明',
  '文化',
  '新兴',
  '光明',
  '长青',
  '翠东',
  '团结',
  '向阳',
  '福金',
  '水塔',
  '兴隆',
  '枫林',
]

const metresPerDegree = 111_320

/** All cells; the same seed gives the same cells. */
export function makeCells(seed = 20_260_306): Cell[] {
  const dice = new Dice(seed)
  const perDistrict = split(
    cellCount,
    districts.map(({ weight }) => weight),
    1,
  )
  return districts.flatMap((district, at) => {
    const perSubdistrict = split(
      perDistrict[at] as number,
      district.subdistricts.map(() => 1),
      1,
    )
    return district.subdistricts.flatMap(([code, name], index) => {
      const angle = (2 * Math.PI * index) / district.subdistricts.length
      const centre = {
        latitude: district.latitude + (Math.sin(angle) * district.spreadKm * 1000) / metresPerDegree,
        longitude:
          district.longitude +
          (Math.cos(angle) * district.spreadKm * 1000) /
            (metresPerDegree * Math.cos((district.latitude * Math.PI) / 180)),
      }
      return Array.from({ length: perSubdistrict[index] as number }, (_, n) =>
        aCell(dice, { code, name, district: district.code, centre, n, used: index * 3 + at * 5 }),
      )
    })
  })
}

/** A random kind of zone, weighted by `share`. */
function byShare(dice: Dice): (typeof kinds)[number] {
  let left = dice.roll() * kinds.reduce((sum, { share }) => sum + share, 0)
  for (const kind of kinds) {
    left -= kind.share
    if (left < 0) return kind
  }
  return kinds[0] as (typeof kinds)[number]
}

function aCell(
  dice: Dice,
  {
    code,
    name,
    district,
    centre,
    n,
    used,
  }: {
    code: string
    name: string
    district: string
    centre: { latitude: number; longitude: number }
    n: number
    used: number
  },
): Cell {
  const kind = byShare(dice)
  const ring = 350 + 260 * Math.floor(n / 6)
  const angle = (2 * Math.PI * (n % 6)) / 6 + Math.floor(n / 6) * 0.4
  return {
    code: `${code}${String(901 + n)}`,
    name: `${name}${words[(used + n) % words.length]}${kind.suffix}`,
    kind: kind.kind,
    parentCode: code,
    districtCode: district,
    minorsSuitable: kind.minors,
    latitude: centre.latitude + (Math.sin(angle) * ring) / metresPerDegree,
    longitude:
      centre.longitude +
      (Math.cos(angle) * ring) / (metresPerDegree * Math.cos((centre.latitude * Math.PI) / 180)),
    radiusMetres: dice.between(90, 120),
  }
}

/** The cells as GeoJSON for the import; each outline is an irregular octagon. */
export function cellsGeoJson(cells: readonly Cell[]) {
  const dice = new Dice(cells.length)
  return {
    type: 'FeatureCollection' as const,
    features: cells.map((cell) => ({
      type: 'Feature' as const,
      properties: {
        code: cell.code,
        name: cell.name,
        kind: cell.kind,
        parent_code: cell.parentCode,
        minors_suitable: cell.minorsSuitable,
      },
      geometry: { type: 'Polygon' as const, coordinates: [octagon(dice, cell)] },
    })),
  }
}

function octagon(dice: Dice, cell: Cell): [number, number][] {
  const ring = Array.from({ length: 8 }, (_, corner): [number, number] => {
    const angle = (2 * Math.PI * corner) / 8
    const metres = cell.radiusMetres * (0.8 + dice.roll() * 0.2)
    return [
      Math.round(
        (cell.longitude +
          (Math.cos(angle) * metres) / (metresPerDegree * Math.cos((cell.latitude * Math.PI) / 180))) *
          1e6,
      ) / 1e6,
      Math.round((cell.latitude + (Math.sin(angle) * metres) / metresPerDegree) * 1e6) / 1e6,
    ]
  })
  return [...ring, ring[0] as [number, number]]
}
