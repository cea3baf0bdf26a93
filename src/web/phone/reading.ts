/** Reads for the phone: what was read is kept while the page is open, shown at once, and read again. */
import { useCallback, useEffect, useState } from 'react'
import { ask } from '../core/ask.ts'
import { addressOf, type Input, type Operation } from '../core/operation.ts'

const kept = new Map<string, unknown>()

export interface Reading<T> {
  data: T | undefined
  error: unknown
  again(): Promise<void>
}

/** Reads when the page is opened, and every `seconds` while it is looked at. */
export function useAsk<In extends Input, T>(
  operation: Operation<In, T>,
  input: In,
  { seconds, skip = false }: { seconds?: number; skip?: boolean } = {},
): Reading<T> {
  const address = addressOf(operation as Operation<never>, input)
  const [{ of, data, error }, set] = useState<{ of: string; data?: T; error?: unknown }>({
    of: address,
    data: kept.get(address) as T,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address says all there is in the input
  const again = useCallback(async () => {
    try {
      const read = await ask(operation, input)
      kept.set(address, read)
      set({ of: address, data: read })
    } catch (failed) {
      set({ of: address, data: kept.get(address) as T, error: failed })
    }
  }, [address])
  useEffect(() => {
    if (skip) return
    void again()
    if (seconds === undefined) return
    const look = () => {
      if (document.visibilityState === 'visible') void again()
    }
    const timer = setInterval(look, seconds * 1000)
    document.addEventListener('visibilitychange', look)
    window.addEventListener('online', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
      window.removeEventListener('online', look)
    }
  }, [again, seconds, skip])
  const fresh = of === address
  return { data: fresh ? data : (kept.get(address) as T), error: fresh ? error : undefined, again }
}

/** All pages of a list. */
export async function allOf<In extends { query?: object }, T>(
  operation: Operation<In, { items: T[]; nextCursor: string | null }>,
  input: In,
): Promise<T[]> {
  const items: T[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { ...input.query, limit: 200, ...(cursor ? { cursor } : {}) }
    const page = await ask(operation, { ...input, query })
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return items
}
