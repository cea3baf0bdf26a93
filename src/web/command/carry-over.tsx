import { Input } from 'antd'
import { useState } from 'react'
import { type Book, carryTasksOver, listBooks, listTasks, readBook } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { readAgain, useAsk } from '../core/query.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { Choice } from '../ui/office/choice.tsx'
import { Field } from '../ui/office/field.tsx'
import { useCityWords } from './words.ts'

const atOnce = 200

/** 结转: what is open in a book goes into a year plan; says how many before. */
export function CarryOver({ book, close }: { book: Book; close: () => void }) {
  const { r } = useCityWords()
  const open = useAsk(listTasks, { query: { bookId: book.id, open: true, limit: atOnce } })
  const plans = useAsk(listBooks, { query: { kind: 'year_plan', limit: 100 } })
  const [plan, setPlan] = useState<string | null>(null)
  const [dueOn, setDueOn] = useState('')
  const [reason, setReason] = useState('')
  const left = (open.data?.items ?? []).filter(({ carriedIntoId }) => carriedIntoId === null)
  const options = (plans.data?.items ?? [])
    .filter(({ allowed }) => allowed.edit)
    .map(({ id, title }) => ({ value: id, label: title }))
  return (
    <ActDialog
      title={r.carry}
      confirm={r.carry}
      first="carry-reason"
      ready={left.length > 0 && plan !== null && reason.trim() !== ''}
      close={close}
      again={() => readAgain(readBook, listTasks, listBooks)}
      act={async () => {
        const body = { taskIds: left.map(({ id }) => id), dueOn: dueOn || null, reason: reason.trim() }
        const { carried } = await ask(carryTasksOver, { params: { bookId: plan as string }, body })
        await readAgain(readBook, listTasks)
        return { text: r.carriedOver(carried) }
      }}
    >
      <p>{open.isSuccess && left.length === 0 ? r.carryNone : r.carryLead(left.length)}</p>
      {open.data?.nextCursor && <p className="soft">{r.carryMore}</p>}
      <Field label={r.carryInto} name="carry-plan">
        <Choice
          id="carry-plan"
          label={r.carryInto}
          all={r.carryInto}
          options={options}
          value={plan}
          onChange={setPlan}
        />
      </Field>
      <Field label={r.carryDue} name="carry-due" optional>
        <Input id="carry-due" type="date" value={dueOn} onChange={({ target }) => setDueOn(target.value)} />
      </Field>
      <Field label={r.reason} name="carry-reason">
        <Input.TextArea
          id="carry-reason"
          rows={3}
          maxLength={500}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </Field>
    </ActDialog>
  )
}
