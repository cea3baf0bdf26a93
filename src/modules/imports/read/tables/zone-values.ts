import { type Position, type ZoneKind, zoneKinds } from '#modules/grid/pure.ts'
import { searchNameOf } from '#modules/organisation/pure.ts'

const kindByText = new Map<string, ZoneKind>(
  (Object.keys(zoneKinds) as ZoneKind[]).flatMap((kind) => [
    [searchNameOf(kind), kind],
    [searchNameOf(zoneKinds[kind].zh), kind],
    [searchNameOf(zoneKinds[kind].en), kind],
  ]),
)
/** Other words that lists use. */
const kindSynonyms = new Map<string, ZoneKind>(
  Object.entries({
    小区: 'compound',
    居民小区: 'compound',
    楼院: 'compound',
    主干道: 'street',
    道路: 'street',
    街路: 'street',
    小巷: 'back_street',
    巷: 'back_street',
    十字路口: 'intersection',
    交通路口: 'intersection',
    农贸市场: 'market',
    集贸市场: 'market',
    学校周边: 'school_surroundings',
    校园周边: 'school_surroundings',
    医院周边: 'hospital_surroundings',
    社区居委会: 'community',
    村: 'village',
    网格单元: 'grid_cell',
  } as const),
)

/** The kind a text names, in either language or as a key; undefined when it names none. */
export function readKind(text: string): ZoneKind | undefined {
  const plain = searchNameOf(text)
  return kindByText.get(plain) ?? kindSynonyms.get(plain)
}

/** Yes or no as lists write it; undefined for anything else. */
export function readFlag(text: string): boolean | undefined {
  const plain = searchNameOf(text)
  if (
    ['1', 'true', 'yes', 'y', '是', '适合', '可以', '有', '√'].includes(plain) ||
    /^[✓✔√]$/u.test(text.trim())
  )
    return true
  if (
    ['0', 'false', 'no', 'n', '否', '不适合', '不可以', '无', '×'].includes(plain) ||
    /^[×✗]$/u.test(text.trim())
  ) {
    return false
  }
  return undefined
}

/** A position from two texts, in degrees; undefined when it is not valid. */
export function readPosition(longitude: string, latitude: string): Position | undefined {
  const [x, y] = [Number(longitude), Number(latitude)]
  if (longitude.trim() === '' || latitude.trim() === '') return undefined
  return Math.abs(x) <= 180 && Math.abs(y) <= 90 ? [x, y] : undefined
}
