import type { HandOver, Outcome, Outgoing } from './provider.ts'

/** Sends messages one by one, at most `concurrency` in parallel. Each is stamped before its call. */
export function handOverEach(
  messages: readonly Outgoing[],
  { begin, cut }: HandOver,
  concurrency: number,
  sendOne: (message: Outgoing) => Promise<Outcome>,
): Promise<Outcome[]> {
  return inParallel(messages, concurrency, async (message) => {
    const mine = await begin([message.messageId])
    return mine.has(message.messageId) ? Promise.race([sendOne(message), cut]) : { outcome: 'kept' }
  })
}

/** Runs `work` for every item, at most `concurrency` in parallel; results are in the order of the items. */
async function inParallel<T, R>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length)
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const at = next++
      results[at] = await work(items[at] as T)
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker))
  return results
}
