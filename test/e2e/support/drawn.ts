import { drawnOf } from '../../support/drawn.ts'

/**
 * Of the ways in which the same pages are looked at (language, width, role) the one that is drawn for today: the suite looks at
 * each page once. `npm run test:pages` looks at them in every way.
 */
export function drawn<Way>(ways: readonly Way[]): readonly Way[] {
  return process.env.PAGES_WHOLE ? ways : drawnOf(ways, 1)
}
