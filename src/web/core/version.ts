import { storeOf } from './store.ts'

declare const __BUILD__: string

/** Which build this page is of; empty while developing. */
export const build = __BUILD__

/** Whether the service serves another build than this page is of. */
export const newer = storeOf(false)

/** The service says which build it serves. */
export function served(id: string | null): void {
  if (id !== null && build !== '' && id !== build) newer.set(true)
}

/**
 * Loads a part of the console. When it is gone, because another build is served by now, the page that is shown stays as it
 * is, with everything typed on it, and is told that there is a newer one; the part never comes.
 */
export async function part<T>(load: () => Promise<T>, look: () => Promise<unknown>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    await look().catch(() => undefined)
    if (newer.get()) return new Promise(() => undefined)
    throw error
  }
}
