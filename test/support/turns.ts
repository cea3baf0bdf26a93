/** Whether `scripts/test` runs the part of the suite that is drawn for today; everything else runs the whole. */
export const isDrawn = process.env.SUITE === 'drawn'

const day = 86_400_000

/**
 * Deals out files that take turns, of which each turn has one a day.
 * @param files the long ones first, so that they are spread evenly
 * @param turn from 0: all turns of a day together have every file once
 */
export function turnOf(files: readonly string[], turns: number, turn: number): string[] {
  const today = Math.floor(Date.now() / day)
  return files.filter((_, at) => (at + today) % turns === turn)
}
