const day = 86_400_000

/**
 * Of the ways in which the same pages are looked at (language, width, role) the one that is drawn for today: the suite looks at
 * each page once. `npm run test:pages` looks at them in every way.
 */
export function drawn<Way>(ways: readonly Way[]): readonly Way[] {
  const one = Math.floor(Date.now() / day) % ways.length
  return process.env.PAGES_WHOLE ? ways : ways.slice(one, one + 1)
}
