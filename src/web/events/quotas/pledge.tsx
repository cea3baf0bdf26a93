import { Input, InputNumber } from 'antd'
import { useState } from 'react'
import { listQuotas, pledgeQuota, type Quota, readEventSteps, readFunnel } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain } from '../../core/query.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Field } from '../../ui/office/field.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'

/** Whatever shows quotas, or counts them, is read again. */
export const quotasChanged = () => readAgain(listQuotas, readFunnel, readEventSteps)

/** A unit answers with a number; 0 refuses. The answer before can be put back. */
export function PledgeDialog({ quota, close }: { quota: Quota; close: () => void }) {
  const { quotas: q, field } = useWords().w
  const [heads, setHeads] = useState(quota.pledged ?? quota.asked)
  const [note, setNote] = useState(quota.note ?? '')
  const params = { quotaId: quota.id }
  const valid = Number.isInteger(heads) && heads >= 0
  return (
    <ActDialog
      first="pledge-heads"
      title={q.answer}
      confirm={q.save}
      ready={valid}
      close={close}
      act={async () => {
        await ask(pledgeQuota, { params, body: { pledged: heads, note: note.trim() || null } })
        await quotasChanged()
        const { pledged, note: noteBefore } = quota
        if (pledged === null) return { text: q.saved(heads) }
        return {
          text: q.saved(heads),
          undo: async () => {
            await ask(pledgeQuota, { params, body: { pledged, note: noteBefore } })
            await quotasChanged()
            return q.undone
          },
        }
      }}
    >
      <p>
        <strong>
          <Given>{quota.unit.name}</Given>
        </strong>
      </p>
      <p>{q.answerLead(quota.asked)}</p>
      <Field
        label={q.pledged}
        name="pledge-heads"
        hint={q.zeroRefuses}
        wrong={valid ? undefined : field.between(0, 100_000)}
      >
        <InputNumber
          id="pledge-heads"
          min={0}
          max={100_000}
          precision={0}
          controls={false}
          value={heads}
          onChange={(value) => setHeads(value ?? Number.NaN)}
        />
      </Field>
      <Field optional label={q.note} name="pledge-note" hint={q.noteHint}>
        <Input
          id="pledge-note"
          value={note}
          maxLength={300}
          onChange={(event) => setNote(event.target.value)}
        />
      </Field>
    </ActDialog>
  )
}
