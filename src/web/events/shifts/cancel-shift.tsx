import { Button } from 'antd'
import { useNavigate, useSearchParams } from 'react-router'
import { cancelShift, type Shift } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { ReasonDialog } from '../../ui/office/reason-dialog.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { shiftsChanged } from './keep.ts'

/** Cancels one shift, with its reason. The open dialog is a part of the address. */
export function CancelShift({ shift }: { shift: Shift }) {
  const { w } = useWords()
  const [search, setSearch] = useSearchParams()
  const navigate = useNavigate()
  return (
    <>
      <Button danger onClick={() => setSearch({ act: 'cancel' })}>
        {w.shifts.cancel}
      </Button>
      {search.get('act') === 'cancel' && (
        <Cancelling shift={shift} close={() => void navigate({ search: '' }, { replace: true })} />
      )}
    </>
  )
}

function Cancelling({ shift, close }: { shift: Shift; close: () => void }) {
  const { shifts: s } = useWords().w
  return (
    <ReasonDialog
      danger
      title={s.cancel}
      confirm={s.cancel}
      label={s.reason}
      hint={s.reasonHint}
      final={s.cancelFinal}
      close={close}
      act={async (reason) => {
        await ask(cancelShift, { params: { shiftId: shift.id }, body: { reason } })
        await shiftsChanged()
        return { text: s.cancelDone }
      }}
    >
      <p>
        <strong>
          <Given>{shift.zone.name}</Given>
        </strong>
      </p>
      <p>{s.cancelLead(shift.taken)}</p>
      <p>{s.cancelEffect}</p>
    </ReasonDialog>
  )
}
