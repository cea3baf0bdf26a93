/** How much of the random problems is tried: a quarter by default, all of them by `npm run test:planner`. */
export const share = process.env.PLANNER_WHOLE ? 1 : 1 / 4

/** The same for problems that take long: a tenth. */
export const smallShare = process.env.PLANNER_WHOLE ? 1 : 1 / 10

/** The seeds of random problems: `count` of them in the whole, from `from` on. */
export function seeds(count: number, from = 1, part = share): number[] {
  return Array.from({ length: Math.ceil(count * part) }, (_, i) => from + i)
}
