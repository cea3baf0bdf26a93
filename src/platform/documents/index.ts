/** Documents that offices print, send and hang up: PDF, Word files and workbooks of the same parts. */
export type {
  DocumentCell,
  DocumentColumn,
  DocumentKind,
  DocumentRow,
  OutDocument,
  Paper,
  Part,
  Tone,
  Written,
} from './parts.ts'
export { documentTypes, sendDocument } from './send-document.ts'
export { writeDocument } from './write-document.ts'
