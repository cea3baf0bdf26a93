/** The columns added by an error sheet. They are ignored when the sheet is uploaded again. */
import { plainHeading } from './headings.ts'

export const ownColumns = {
  zh: { line: '原表行号', verdict: '处理结果', why: '原因' },
  en: { line: 'Line in the list', verdict: 'Result', why: 'Reason' },
} as const

const headings = new Set(Object.values(ownColumns).flatMap((words) => Object.values(words).map(plainHeading)))

/** Whether a heading is that of a column which the error sheet adds. */
export const isOwnColumn = (heading: string): boolean => headings.has(plainHeading(heading))
