import { ActDialog } from '../ui/office/act-dialog.tsx'
import { useOrganisationWords } from './words/index.ts'

interface Props {
  name: string
  /** Whether it is to be closed; else opened again. */
  close: boolean
  /** Does it, from the version that is seen or that an earlier change made. Returns the new version. */
  become: (closed: boolean, version?: number) => Promise<number>
  done: () => void
}

/** Closing and opening again are each other's way back. */
export function Closing({ name, close, become, done }: Props) {
  const { closing: c } = useOrganisationWords()
  return (
    <ActDialog
      ready
      danger={close}
      title={close ? c.close : c.reopen}
      confirm={close ? c.close : c.reopen}
      close={done}
      act={async () => {
        const version = await become(close)
        return {
          text: close ? c.closed : c.reopened,
          undo: async () => {
            await become(!close, version)
            return close ? c.reopened : c.closed
          },
        }
      }}
    >
      <p translate="no">{close ? c.closeLead(name) : c.reopenLead(name)}</p>
      {close && <p className="note">{c.closeNote}</p>}
    </ActDialog>
  )
}
