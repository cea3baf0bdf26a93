/** How much of the random problems is tried: an eighth by default, all of them by `npm run test:planner`. */
export const share = process.env.PLANNER_WHOLE ? 1 : 1 / 8

/** The seeds of random problems: `count` of them in the whole, from `from` on. */
export function seeds(count: number, from = 1): number[] {
  return Array.from({ length: Math.ceil(count * share) }, (_, i) => from + i)
}
