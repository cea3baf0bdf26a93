/** A half-open period of days: valid on `validFrom`, not valid on `validUntil`. Null means no end. */
export interface Validity {
  validFrom: string
  validUntil: string | null
}

export interface Days {
  from: string
  until: string
}

/** Whether a duty is in force on a day. */
export function holdsOn({ validFrom, validUntil }: Validity, day: string): boolean {
  return validFrom <= day && (validUntil === null || day < validUntil)
}

/** Whether two half-open periods share a day. */
export function validitiesOverlap(a: Validity, b: Validity): boolean {
  return (
    (b.validUntil === null || a.validFrom < b.validUntil) &&
    (a.validUntil === null || b.validFrom < a.validUntil)
  )
}

/** The days in [from, until) without any valid period, and the days with more than one. */
export function coverageOf(
  validities: readonly Validity[],
  { from, until }: Days,
): { gaps: Days[]; overlaps: Days[] } {
  const edges = new Set([from, until])
  for (const { validFrom, validUntil } of validities) {
    for (const day of [validFrom, validUntil]) if (day !== null && day > from && day < until) edges.add(day)
  }
  const days = [...edges].sort()
  const gaps: Days[] = []
  const overlaps: Days[] = []
  for (let at = 1; at < days.length; at++) {
    const stretch = { from: days[at - 1]!, until: days[at]! }
    const holding = validities.filter((validity) => holdsOn(validity, stretch.from)).length
    if (holding === 0) extend(gaps, stretch)
    if (holding > 1) extend(overlaps, stretch)
  }
  return { gaps, overlaps }
}

function extend(stretches: Days[], next: Days): void {
  const last = stretches.at(-1)
  if (last?.until === next.from) last.until = next.until
  else stretches.push(next)
}
