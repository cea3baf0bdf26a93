import type { Queue } from './queue.ts'

/** Wakes a queue when the network is back, or somebody looks at the page. */
export function wakesWithPage(queue: Queue): void {
  window.addEventListener('online', queue.wake)
  document.addEventListener('visibilitychange', queue.wake)
}
