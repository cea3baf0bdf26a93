/**
 * Reads a table of any size by keyset pages, so that memory and statement time stay bounded. Yields to the event loop
 * between two pages.
 * @param select at most `size` rows after the row `last` (from the start without it), always in the same order
 * @param size rows per page; a page with fewer rows is the last
 */
export async function* pages<Row>(
  select: (last: Row | undefined, size: number) => PromiseLike<Row[]>,
  size: number,
): AsyncGenerator<Row[], void> {
  for (let last: Row | undefined; ; ) {
    const rows = await select(last, size)
    if (rows.length > 0) yield rows
    if (rows.length < size) return
    last = rows.at(-1)
    await new Promise((turn) => setImmediate(turn))
  }
}
