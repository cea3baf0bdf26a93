/** A self-test as flat rows, and somebody who computes it another way: from the rows alone, with nothing of the project. */
export interface Row {
  point: string
  districtCode: string
  pointClass: string
  standard: string
  weight: number
  /** Null: does not apply, or was not seen. */
  x: number | null
}

export const districts = ['210502', '210503', '210504', '210505', '210521', '210522']
const classes = ['community', 'compound', 'main_road', 'market', 'park', 'hospital', 'school', 'mall']
const perClass = 328 / classes.length

/**
 * 78 points, 328 standards, 1,166 valid observations that earn 817.5 (741 met, 153 partly, 272 not), and between them some that do
 * not count. A point looks at 15 of the standards of its class, four points at one less.
 */
export function selfTest(): Row[] {
  const rows: Row[] = []
  let valid = 0
  for (let point = 0; point < 78; point += 1) {
    const pointClass = classes[point % classes.length]!
    const districtCode = districts[Math.floor(point / classes.length) % districts.length]!
    const looks = point < 4 ? 14 : 15
    for (let look = 0; look < looks; look += 1) {
      const standard = `${pointClass}-${(Math.floor(point / classes.length) * 15 + look) % perClass}`
      const at = (valid * 7) % 1166
      const x = at < 741 ? 1 : at < 894 ? 0.5 : 0
      rows.push({ point: `P${point}`, districtCode, pointClass, standard, weight: 1, x })
      if (valid % 9 === 0)
        rows.push({ point: `P${point}`, districtCode, pointClass, standard, weight: 1, x: null })
      valid += 1
    }
  }
  return rows
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const by = <T>(rows: T[], key: (row: T) => string) => [...Map.groupBy(rows, key).values()]

/** The referee: pooled and balanced score of the city, in per cent. Every point of a stratum counts the same. */
export function refereed(all: Row[], sizeOf: (districtCode: string, pointClass: string) => number) {
  const rows = all.filter(({ x }) => x !== null) as (Row & { x: number })[]
  const earned = rows.reduce((sum, { weight, x }) => sum + weight * x, 0)
  const possible = rows.reduce((sum, { weight }) => sum + weight, 0)
  let [total, weights] = [0, 0]
  for (const stratum of by(rows, (row) => `${row.districtCode} ${row.pointClass}`)) {
    const points = by(stratum, ({ point }) => point).map((seen) => {
      const standards = by(seen, ({ standard }) => standard)
      const worth = standards.reduce((sum, some) => sum + some[0]!.weight * mean(some.map(({ x }) => x)), 0)
      return (100 * worth) / standards.reduce((sum, some) => sum + some[0]!.weight, 0)
    })
    const size = sizeOf(stratum[0]!.districtCode, stratum[0]!.pointClass)
    total += size * mean(points)
    weights += size
  }
  return { earned, possible, pooled: (100 * earned) / possible, balanced: total / weights }
}
