import { inChunks } from '#platform/database/port.ts'

/** Runs `work` for every item in order, and yields to the event loop after every few items. */
export function inTurns<T>(
  items: readonly T[],
  work: (item: T, at: number) => void,
  size = 400,
): Promise<void> {
  let at = 0
  return inChunks(items, size, async (some) => {
    for (const item of some) work(item, at++)
  })
}
