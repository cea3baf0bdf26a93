/** Front door for rules and threads: the part that neither reads nor writes. */
export { added, noFigures, rateOf, suspendsTooMuch, type TaskFigures } from './figures/figures.ts'
