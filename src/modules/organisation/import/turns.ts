import { inChunks } from '#platform/database/port.ts'

/** Does `work` for every item in order, and lets others have a turn of the event loop between some of them. */
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
