import { type ReactNode, useState } from 'react'
import { ActDialog } from './act-dialog.tsx'

export interface ClosingWords {
  close: string
  reopen: string
  closed: string
  reopened: string
}

interface Props {
  /** Whether it is to be closed; else opened again. */
  close: boolean
  words: ClosingWords
  /** Whether it can be done now. */
  ready?: boolean
  /** Does it, from the version that is seen or that an earlier change made. Returns the new version. */
  become: (closed: boolean, version?: number) => Promise<number>
  /** Reads again what it is about, where somebody else was faster. */
  again?: () => Promise<unknown>
  done: () => void
  /** What follows from it. */
  children: (close: boolean) => ReactNode
}

/** Closing and opening again are each other's way back. */
export function ClosingDialog({ close: asked, words, ready = true, become, again, done, children }: Props) {
  // What it was opened for: once it is done, and before the dialog is gone, the other one could be done.
  const [close] = useState(asked)
  const title = close ? words.close : words.reopen
  return (
    <ActDialog
      ready={ready}
      danger={close}
      title={title}
      confirm={title}
      close={done}
      {...(again ? { again } : {})}
      act={async () => {
        const version = await become(close)
        return {
          text: close ? words.closed : words.reopened,
          undo: async () => {
            await become(!close, version)
            return close ? words.reopened : words.closed
          },
        }
      }}
    >
      {children(close)}
    </ActDialog>
  )
}
