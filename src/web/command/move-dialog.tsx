import { Input, InputNumber } from 'antd'
import { useState } from 'react'
import { type MoveKind, moveKinds, revocable } from '#modules/command/words.ts'
import { listMyTasks, listTasks, listUnits, moveTask, readTask, type WholeTask } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import type { Operation } from '../core/operation.ts'
import { readAgain, useAsk } from '../core/query.ts'
import { instantOf } from '../core/time.ts'
import { newUuid } from '../core/uuid.ts'
import { cityZone } from '../core/zone.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { Field } from '../ui/office/field.tsx'
import { type Named, RemoteSelect } from '../ui/office/remote-select.tsx'
import { Given } from '../ui/plain/given.tsx'
import { State } from './task-table.tsx'
import { useCityWords } from './words.ts'

const withoutReason: readonly MoveKind[] = [
  'issue',
  'reissue',
  'accept',
  'report',
  'pass',
  'grant_extension',
  'resume',
  'progress',
]
const withDay: readonly MoveKind[] = ['ask_extension', 'grant_extension', 'ask_suspension', 'suspend']

/** Whoever returned it last said whose it is. */
const proposedIn = (moves: WholeTask['moves'] = []) =>
  moves.findLast(({ kind }) => kind === 'return')?.unit ?? null

interface Props {
  task: Pick<WholeTask, 'id' | 'kind' | 'amount' | 'target' | 'measure'> & Partial<Pick<WholeTask, 'moves'>>
  kind: MoveKind
  close: () => void
  /** What else is read again afterwards. */
  also: readonly Operation<never, unknown>[]
}

/** One move of a task: with its reason, its day or its amount, where it needs one. Its id stays the same while it is tried. */
export function MoveDialog({ task, kind, close, also }: Props) {
  const { r, say } = useCityWords()
  const [id] = useState(newUuid)
  const [reason, setReason] = useState('')
  const [day, setDay] = useState('')
  const [amount, setAmount] = useState<number | null>(task.amount)
  const [unit, setUnit] = useState<Named | null>(kind === 'reissue' ? proposedIn(task.moves) : null)
  const asksUnit = kind === 'reissue'
  const needsReason = !withoutReason.includes(kind)
  const asksDay = withDay.includes(kind) || (kind === 'pass' && task.kind === 'award')
  const dayOptional = kind === 'grant_extension' || kind === 'suspend'
  const asksAmount = task.target !== null && (kind === 'report' || kind === 'progress')
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day)
  const ready =
    (!needsReason || reason.trim() !== '') &&
    (!asksDay || isDay || (dayOptional && day === '')) &&
    (!asksAmount || amount !== null) &&
    (!asksUnit || unit !== null)
  const takeBack = async () => {
    await ask(moveTask, { params: { taskId: task.id }, body: { id: newUuid(), kind: 'revoke' } })
    await readAgain(readTask, listTasks, listMyTasks, ...also)
    return r.moved(say(moveKinds.revoke))
  }
  return (
    <ActDialog
      title={say(moveKinds[kind])}
      confirm={say(moveKinds[kind])}
      danger={kind === 'cancel'}
      first="move-reason"
      ready={ready}
      close={close}
      again={() => readAgain(readTask, listTasks, listMyTasks, ...also)}
      now={<TaskNow taskId={task.id} />}
      act={async () => {
        const until = asksDay && isDay ? endOfOffice(day) : null
        const counted = asksAmount ? { amount } : {}
        const body = { id, kind, reason: reason.trim() || null, until, ...counted, unitId: unit?.id ?? null }
        await ask(moveTask, { params: { taskId: task.id }, body })
        await readAgain(readTask, listTasks, listMyTasks, ...also)
        const text = r.moved(say(moveKinds[kind]))
        return revocable.includes(kind) ? { text, undo: takeBack } : { text }
      }}
    >
      {asksAmount && (
        <Field label={`${r.amount}${task.measure ? ` (${task.measure})` : ''}`} name="move-amount">
          <InputNumber
            id="move-amount"
            min={0}
            max={1_000_000_000}
            precision={0}
            controls={false}
            value={amount}
            onChange={setAmount}
          />
        </Field>
      )}
      {asksUnit && (
        <Field label={r.unit} name="move-unit">
          <RemoteSelect id="move-unit" value={unit} find={listUnits} onChange={setUnit} />
        </Field>
      )}
      {asksDay && (
        <Field label={r.until} name="move-day" optional={dayOptional}>
          <Input id="move-day" type="date" value={day} onChange={({ target }) => setDay(target.value)} />
        </Field>
      )}
      <Field
        label={r.reason}
        name="move-reason"
        optional={!needsReason}
        {...(needsReason ? { hint: r.reasonNeeded } : {})}
      >
        <Input.TextArea
          id="move-reason"
          rows={3}
          maxLength={500}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </Field>
    </ActDialog>
  )
}

/** How the task stands now, and who moved it last. */
function TaskNow({ taskId }: { taskId: string }) {
  const { r, w, say } = useCityWords()
  const { data: task } = useAsk(readTask, { params: { taskId } })
  const last = task?.moves.at(-1)
  if (!task) return null
  return (
    <p>
      {w.conflict.now}
      <State task={task} />
      {last && (
        <>
          {` · ${say(moveKinds[last.kind])}`}
          {last.byUnit && (
            <>
              {r.colon}
              <Given>{last.byUnit.name}</Given>
            </>
          )}
          {last.reason && (
            <>
              {' · '}
              <Given>{last.reason}</Given>
            </>
          )}
        </>
      )}
    </p>
  )
}

/** The end of a working day: 17:00 where the service is at home. */
function endOfOffice(day: string): string {
  return instantOf(`${day}T17:00`, cityZone())
}
