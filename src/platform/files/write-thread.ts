import { answerFromThread } from './thread.ts'
import { type OutSheet, toXlsx } from './to-xlsx.ts'

await answerFromThread<OutSheet[], never, Uint8Array>(async (sheets) => toXlsx(sheets))
