import { DomainError } from '../errors.ts'

/**
 * Does something for each, one after the other, also after it failed for one: what cannot be done for one thing holds up no
 * other that waits behind it, today and at every later run. What ends all of it alike, that the worker stops or the database
 * is away, ends it at once.
 * @throws Error the first failure, when all were tried: the job has failed and says so
 */
export async function eachApart<T>(
  all: Iterable<T> | AsyncIterable<T>,
  work: (one: T) => Promise<unknown>,
  signal?: AbortSignal,
): Promise<void> {
  const failures: unknown[] = []
  for await (const one of all) {
    signal?.throwIfAborted()
    try {
      await work(one)
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'unavailable') throw error
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}

/** Pieces of this many: each may be one transaction. */
export function piecesOf<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size))
}
