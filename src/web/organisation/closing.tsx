import { ClosingDialog } from '../ui/office/closing-dialog.tsx'
import { useOrganisationWords } from './words/index.ts'

interface Props {
  name: string
  /** Whether it is to be closed; else opened again. */
  close: boolean
  /** Does it, from the version that is seen or that an earlier change made. Returns the new version. */
  become: (closed: boolean, version?: number) => Promise<number>
  done: () => void
}

/** Closes a unit or a team, or opens it again. */
export function Closing({ name, close, become, done }: Props) {
  const { closing: c } = useOrganisationWords()
  return (
    <ClosingDialog close={close} words={c} become={become} done={done}>
      {(closing) => (
        <>
          <p translate="no">{closing ? c.closeLead(name) : c.reopenLead(name)}</p>
          {closing && <p className="note">{c.closeNote}</p>}
        </>
      )}
    </ClosingDialog>
  )
}
