import { Button } from 'antd'
import { useState } from 'react'
import {
  approvePersonRequest,
  type PersonRequest,
  refusePersonRequest,
  withdrawPersonRequest,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { ReasonDialog } from '../../ui/office/reason-dialog.tsx'
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
  return (
    <ReasonDialog
      title={r.refuseTitle}
      confirm={r.refuse}
      label={r.reason}
      hint={r.reasonHint}
      close={close}
      act={async (reason) => {
        await ask(refusePersonRequest, { params: { requestId: request.id }, body: { reason } })
        await decided()
        return { text: r.refused }
      }}
    />
  )
}
