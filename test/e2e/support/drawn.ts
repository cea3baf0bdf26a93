const day = 86_400_000

/** A number of these, drawn for today: others each day, and all of them in turn. */
export function drawnOf<Way>(ways: readonly Way[], count: number): readonly Way[] {
  const from = Math.floor(Date.now() / day) * count
  return Array.from({ length: Math.min(count, ways.length) }, (_, n) => ways[(from + n) % ways.length] as Way)
}

/**
 * Of the ways in which the same pages are looked at (language, width, role) the one that is drawn for today: the suite looks at
 * each page once. `npm run test:pages` looks at them in every way.
 */
export function drawn<Way>(ways: readonly Way[]): readonly Way[] {
  return process.env.PAGES_WHOLE ? ways : drawnOf(ways, 1)
}
