import { pages } from '#platform/database/pages.ts'
import { DomainError } from '#platform/errors.ts'

/** The largest export. Nobody reads a longer list: filter first. */
const rowsMax = 50_000

/** All rows of a list. @throws DomainError `export.too_large` */
export async function everyPage<T>(
  read: (page: {
    cursor: string | undefined
    limit: number
  }) => Promise<{ items: T[]; nextCursor: string | null }>,
): Promise<T[]> {
  const all: T[] = []
  let cursor: string | undefined
  const next = async (last: T | undefined, limit: number) => {
    if (last !== undefined && cursor === undefined) return []
    const page = await read({ cursor, limit })
    cursor = page.nextCursor ?? undefined
    return page.items
  }
  for await (const rows of pages(next, 200)) {
    all.push(...rows)
    if (all.length > rowsMax) {
      throw new DomainError('too_large', 'export.too_large', `More than ${rowsMax} rows: filter first.`, {
        rowsMax,
      })
    }
  }
  return all
}
