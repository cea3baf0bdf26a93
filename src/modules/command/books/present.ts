import type { Actor } from '#platform/http/access.ts'
import { isoOf } from '#platform/time.ts'
import { type BookFigures, noFigures } from '../figures/figures.ts'
import { holds } from '../reach.ts'
import type { BookState } from '../words.ts'
import type { BookRow, FullBook } from './book-rows.ts'
import type { BookView, Funnel } from './contract.ts'

export function bookStateOf({ publishedAt, closedAt }: BookRow): BookState {
  if (closedAt) return 'closed'
  return publishedAt ? 'published' : 'draft'
}

/** Figures that were frozen before something more was counted: nothing of it was told. */
function whole({ total, groups, ...told }: BookFigures): BookFigures {
  return {
    ...told,
    total: { ...noFigures, ...total },
    groups: groups.map((each) => ({ ...noFigures, ...each })),
  }
}

/** A book as the API shows it. */
export function presentBook(
  full: FullBook,
  { funnel, amounts }: Pick<BookView, 'amounts'> & { funnel: Funnel },
  reader: Actor,
): BookView {
  const { book, issuer, body, checkUnit, campaign, zone } = full
  const state = bookStateOf(book)
  const mine = holds(reader, 'books.edit', issuer)
  return {
    id: book.id,
    version: book.version,
    kind: book.kind,
    title: book.title,
    documentNumber: book.documentNumber,
    issuer: { id: issuer.id, name: issuer.name },
    body,
    checkUnit: checkUnit && { id: checkUnit.id, name: checkUnit.name },
    campaign,
    zone,
    supersedesId: book.supersedesId,
    text: book.text,
    validUntil: book.validUntil,
    figures: book.figures && whole(book.figures),
    amounts,
    state,
    publishedAt: book.publishedAt && isoOf(book.publishedAt),
    closedAt: book.closedAt && isoOf(book.closedAt),
    createdAt: isoOf(book.createdAt),
    funnel,
    allowed: { edit: mine && state !== 'closed', publish: mine && state === 'draft', close: mine },
  }
}
