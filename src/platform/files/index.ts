/** Reads and writes spreadsheets. */
export {
  type Cell,
  type CellFault,
  isFault,
  type Merge,
  type Sheet,
  type SheetRow,
  textOf,
  type Workbook,
} from './cells.ts'
export { guarded, unguarded } from './guard.ts'
export { parseJson } from './json.ts'
export { fileLimits } from './limits.ts'
export { type ReadOptions, readWorkbook } from './read.ts'
export { type OutCell, type OutSheet, writeCsv, writeWorkbook } from './write.ts'
