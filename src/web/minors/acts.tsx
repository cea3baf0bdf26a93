import { Button } from 'antd'
import { useState } from 'react'
import {
  approveDisclosure,
  type Disclosure,
  exportDisclosed,
  listDisclosures,
  refuseDisclosure,
  revokeDisclosure,
} from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { readAgain } from '../core/query.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { useDialog } from '../ui/office/dialogs.ts'
import { ReasonDialog } from '../ui/office/reason-dialog.tsx'
import { saveFile } from '../ui/office/save-file.ts'
import { tellDone } from '../ui/office/undo-bar.tsx'
import { useMinorsWords } from './words/index.ts'

interface Props {
  disclosure: Disclosure
  failed: (error: unknown) => void
}

/** What the reader may do with a request: decide another's, end one that is open, take the list of one's own. */
export function DisclosureActs({ disclosure, failed }: Props) {
  const { r, language } = useMinorsWords()
  const dialog = useDialog(['approve', 'refuse', 'revoke'])
  const [busy, setBusy] = useState(false)
  const { id, state, mine, decidable } = disclosure
  const open = state === 'approved'
  const shown = dialog.of === id ? dialog.act : undefined
  const takeList = async () => {
    failed(undefined)
    setBusy(true)
    try {
      const params = { disclosureId: id }
      saveFile(await ask(exportDisclosed, { params, query: { lang: language } }), `${r.fileName}.xlsx`)
      tellDone({ text: r.exported })
    } catch (error) {
      failed(error)
    }
    setBusy(false)
  }
  return (
    <span className="acts-here">
      {decidable && (
        <>
          <Button size="small" onClick={() => dialog.open('approve', id)}>
            {r.approve}
          </Button>
          <Button size="small" onClick={() => dialog.open('refuse', id)}>
            {r.refuse}
          </Button>
        </>
      )}
      {open && mine && (
        <Button size="small" loading={busy} onClick={() => void takeList()}>
          {r.export}
        </Button>
      )}
      {(open || (state === 'pending' && mine)) && (
        <Button size="small" onClick={() => dialog.open('revoke', id)}>
          {open ? r.end : r.withdraw}
        </Button>
      )}
      {shown === 'approve' && decidable && <Approve disclosure={disclosure} close={dialog.close} />}
      {shown === 'refuse' && decidable && <Refuse disclosure={disclosure} close={dialog.close} />}
      {shown === 'revoke' && <Revoke disclosure={disclosure} close={dialog.close} />}
    </span>
  )
}

interface DialogProps {
  disclosure: Disclosure
  close: () => void
}

function Approve({ disclosure, close }: DialogProps) {
  const { r } = useMinorsWords()
  const params = { disclosureId: disclosure.id }
  return (
    <ActDialog
      ready
      title={r.approve}
      confirm={r.approve}
      close={close}
      act={async () => {
        await ask(approveDisclosure, { params })
        await readAgain(listDisclosures)
        return {
          text: r.approved(disclosure.hours),
          undo: async () => {
            await ask(revokeDisclosure, { params })
            await readAgain(listDisclosures)
            return r.ended
          },
        }
      }}
    >
      <p translate="no">{r.approveLead(disclosure.requestedBy.name, disclosure.hours)}</p>
      <p className="note">{r.approveNote}</p>
    </ActDialog>
  )
}

function Refuse({ disclosure, close }: DialogProps) {
  const { r } = useMinorsWords()
  return (
    <ReasonDialog
      title={r.refuse}
      confirm={r.refuse}
      label={r.refusal}
      hint={r.refusalHint}
      close={close}
      act={async (reason) => {
        const params = { disclosureId: disclosure.id }
        await ask(refuseDisclosure, { params, body: { reason } })
        await readAgain(listDisclosures)
        return { text: r.refused }
      }}
    />
  )
}

function Revoke({ disclosure, close }: DialogProps) {
  const { r } = useMinorsWords()
  const open = disclosure.state === 'approved'
  return (
    <ActDialog
      ready
      danger
      title={open ? r.end : r.withdraw}
      confirm={open ? r.end : r.withdraw}
      close={close}
      act={async () => {
        await ask(revokeDisclosure, { params: { disclosureId: disclosure.id } })
        await readAgain(listDisclosures)
        return { text: r.ended }
      }}
    >
      <p>{open ? r.endLead : r.withdrawLead}</p>
    </ActDialog>
  )
}
