/** Runs in a process of its own: see `write-document.ts`. */
import { offerWork } from '../files/work.ts'
import type { DocumentKind, OutDocument, Written } from './parts.ts'

type Maker = (document: OutDocument) => Promise<Written>

/** Each is loaded when it is first needed: Word files need no font, PDFs no library for Word. */
const makers: Record<DocumentKind, () => Promise<Maker>> = {
  pdf: async () => (await import('./to-pdf.ts')).toPdf,
  docx: async () => (await import('./to-docx.ts')).toDocx,
  xlsx: async () => (await import('./to-sheets.ts')).toWorkbook,
}

offerWork<{ kind: DocumentKind; document: OutDocument }, never, Written>(async ({ kind, document }) =>
  (await makers[kind]())(document),
)
