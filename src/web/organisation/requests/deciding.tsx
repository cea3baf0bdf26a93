import { Button, Input } from 'antd'
import { useState } from 'react'
import {
  approvePersonRequest,
  type PersonRequest,
  refusePersonRequest,
  withdrawPersonRequest,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Field } from '../../ui/office/field.tsx'
import { tellDone } from '../../ui/office/undo-bar.tsx'
import { useOrganisationWords } from '../words/index.ts'
import { decided } from './decided.ts'

interface Props {
  request: PersonRequest
  failed: (error: unknown) => void
}

/** What the reader may do with a request: decide it, or take back one of their own. */
export function Deciding({ request, failed }: Props) {
  const { requests: r } = useOrganisationWords()
  const [refusing, setRefusing] = useState(false)
  const [busy, setBusy] = useState(false)
  const params = { requestId: request.id }
  const act = async (work: () => Promise<unknown>, text: string) => {
    failed(undefined)
    setBusy(true)
    try {
      await work()
      await decided()
      tellDone({ text })
    } catch (error) {
      failed(error)
    }
    setBusy(false)
  }
  if (request.state !== 'open') return null
  const asks = request.kind === 'one_human'
  return (
    <span className="acts-here">
      {request.decidable && (
        <>
          <Button
            size="small"
            loading={busy}
            title={r.final}
            onClick={() => void act(() => ask(approvePersonRequest, { params }), r.approved)}
          >
            {asks ? r.yesOne : r.approve}
          </Button>
          <Button size="small" onClick={() => setRefusing(true)}>
            {asks ? r.noTwo : r.refuse}
          </Button>
        </>
      )}
      {request.mine && !asks && (
        <Button
          size="small"
          onClick={() => void act(() => ask(withdrawPersonRequest, { params }), r.withdrawn)}
        >
          {r.withdraw}
        </Button>
      )}
      {refusing && <Refuse request={request} close={() => setRefusing(false)} />}
    </span>
  )
}

function Refuse({ request, close }: { request: PersonRequest; close: () => void }) {
  const { requests: r } = useOrganisationWords()
  const [reason, setReason] = useState('')
  return (
    <ActDialog
      first="refuse-reason"
      title={r.refuseTitle}
      confirm={r.refuse}
      ready={reason.trim() !== ''}
      close={close}
      act={async () => {
        const body = { reason: reason.trim() }
        await ask(refusePersonRequest, { params: { requestId: request.id }, body })
        await decided()
        return { text: r.refused }
      }}
    >
      <Field label={r.reason} name="refuse-reason" hint={r.reasonHint}>
        <Input
          id="refuse-reason"
          value={reason}
          maxLength={200}
          aria-required
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
    </ActDialog>
  )
}
