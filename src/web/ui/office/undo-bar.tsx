import { useState } from 'react'
import { storeOf, useStore } from '../../core/store.ts'
import { type Speech, useWords } from '../../words/index.ts'
import { troubleText } from '../../words/refusals.ts'

export interface Done {
  /** What was done; of what cannot be taken back it says so. */
  text: string
  /** Takes it back. Resolves to what is so now. */
  undo?: () => Promise<string>
}

const last = storeOf<Done | undefined>(undefined)

/** Says what was just done, in the one bar for it, until something else is done or it is put away. */
export function tellDone(done: Done | undefined): void {
  last.set(done)
}

/** Takes the last act back, if there is a way back. */
export async function undoLast(speech: Speech): Promise<void> {
  const done = last.get()
  if (!done?.undo) return
  try {
    tellDone({ text: await done.undo() })
  } catch (error) {
    // The way back stays open: it may have been the network.
    tellDone({ ...done, text: troubleText(error, speech) })
  }
}

/** What was done last, and the way back where there is one. It stays: nobody has to be quick. */
export function UndoBar() {
  const speech = useWords()
  const { w } = speech
  const done = useStore(last)
  const [busy, setBusy] = useState(false)
  const takeBack = async () => {
    setBusy(true)
    await undoLast(speech)
    setBusy(false)
  }
  return (
    <div role="status" aria-live="polite">
      {done && (
        <div className="undo">
          <span>{done.text}</span>
          {done.undo && (
            <button type="button" disabled={busy} onClick={takeBack}>
              {w.common.undo}
            </button>
          )}
          <button
            type="button"
            className="quiet"
            aria-label={w.common.close}
            onClick={() => tellDone(undefined)}
          >
            ✕
          </button>
        </div>
      )}
    </div>
  )
}
