/** One value of this phone that is kept whenever it changes, with whose it is. */
import type { MeView } from '../../api/operations.ts'
import { type Store, storeOf } from '../../core/store.ts'
import type { Disk } from './disk.ts'

export interface Keeping<T> {
  value: Store<T | undefined>
  /** The last change could not be written: the phone is full, or forbids it. */
  unsaved: Store<boolean>
  /** Changes it. It holds at once. */
  put(next: T): void
  /** Resolves when the last change is written, or could not be. */
  written(): Promise<void>
  /** Takes it away from this phone. */
  discard(): Promise<void>
}

/** What lies on the disk: the value under its name, and the user it belongs to. */
export type KeptRecord<Name extends string, T> = { user: MeView } & { [key in Name]: T }

export function keepingOf<T>(name: string, disk: Disk, user: () => MeView | undefined): Keeping<T> {
  const value = storeOf<T | undefined>(undefined)
  const unsaved = storeOf(false)
  let writes: Promise<void> = Promise.resolve()
  return {
    value,
    unsaved,
    put(next) {
      value.set(next)
      const whose = user()
      if (!whose) return
      // One after the other: the last state is what stays.
      writes = writes.then(async () => {
        if (value.get() !== next) return
        await disk.put(name, { user: whose, [name]: next }).then(
          () => unsaved.set(false),
          () => unsaved.set(true),
        )
      })
    },
    written: () => writes,
    async discard() {
      value.set(undefined)
      await writes
      await disk.remove([name])
    },
  }
}
