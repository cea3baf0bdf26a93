import { type OutSheet, toXlsx } from './to-xlsx.ts'
import { offerWork } from './work.ts'

offerWork<OutSheet[], never, Uint8Array>(async (sheets) => toXlsx(sheets))
