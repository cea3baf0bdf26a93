import type { TestApp } from '#test/support/app.ts'

/** How many selects a request builds outside of transactions, subqueries included. */
export async function selectsOf(
  app: TestApp,
  request: () => PromiseLike<{ status: number }>,
): Promise<number> {
  const read = app.db.read as unknown as Record<string, (...args: unknown[]) => unknown>
  let count = 0
  const names = ['select', 'selectDistinct', '$count'] as const
  const originals = names.map((name) => read[name]!)
  for (const [at, name] of names.entries()) {
    read[name] = (...args) => {
      count += 1
      return originals[at]!.apply(read, args)
    }
  }
  const { status } = await request()
  for (const name of names) delete read[name]
  if (status !== 200) throw new Error(`answered ${status}`)
  return count
}
