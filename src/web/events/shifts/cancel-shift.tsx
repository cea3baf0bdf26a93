import { Button, Input } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { cancelShift, type Shift } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Field } from '../../ui/office/field.tsx'
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
  const [reason, setReason] = useState('')
  return (
    <ActDialog
      danger
      first="cancel-reason"
      title={s.cancel}
      confirm={s.cancel}
      ready={reason.trim() !== ''}
      close={close}
      act={async () => {
        await ask(cancelShift, { params: { shiftId: shift.id }, body: { reason: reason.trim() } })
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
      <Field label={s.reason} name="cancel-reason" hint={s.reasonHint}>
        <Input
          id="cancel-reason"
          value={reason}
          maxLength={200}
          aria-required
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      <p className="note warn">{s.cancelFinal}</p>
    </ActDialog>
  )
}
