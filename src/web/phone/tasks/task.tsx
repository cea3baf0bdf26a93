/** One task on the phone: accept it, take pictures, report it, or return what is not ours. */
import { useState } from 'react'
import { listTaskPictures, moveTask, readTask } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import type { AnswerOf } from '../../core/operation.ts'
import { momentText } from '../../core/time.ts'
import { newUuid } from '../../core/uuid.ts'
import { cityZone } from '../../core/zone.ts'
import { phonePaths } from '../../paths.ts'
import { Given } from '../../ui/plain/given.tsx'
import { Link } from '../address.tsx'
import { Button, Field, Page, Shown, Trouble, useDoing } from '../parts.tsx'
import { useAsk } from '../reading.ts'
import { useWords } from '../words/index.ts'
import { DueText } from './due.tsx'
import { Pictures } from './pictures.tsx'

type Whole = AnswerOf<typeof readTask>
type Kind = Whole['allowed']['moves'][number]

export function TaskPage({ taskId }: { taskId: string }) {
  const { w } = useWords()
  const found = useAsk(readTask, { params: { taskId } }, { seconds: 60 })
  const pictures = useAsk(listTaskPictures, { params: { taskId } })
  return (
    <Page title={w.tasks.one}>
      <Shown of={found}>
        {(task) => (
          <>
            <Facts task={task} />
            <Pictures task={task} of={pictures} />
            <Acts task={task} again={found.again} />
            <History task={task} />
          </>
        )}
      </Shown>
      <Link to={phonePaths.tasks()} className="button">
        {w.tasks.all}
      </Link>
    </Page>
  )
}

function Facts({ task }: { task: Whole }) {
  const { w } = useWords()
  return (
    <section className="card">
      <p className="when">
        <DueText task={task} />
      </p>
      <strong>
        <Given>{`${task.outline} ${task.text}`}</Given>
      </strong>
      {task.acceptance && (
        <p>
          {w.tasks.acceptance}：<Given>{task.acceptance}</Given>
        </p>
      )}
      {task.zone && (
        <p>
          {w.tasks.place}：<Given>{task.zone.name}</Given>
        </p>
      )}
      <p className="soft">
        {w.tasks.issuedBy}：<Given>{task.issuer.name}</Given>
        {task.checker && (
          <>
            {' · '}
            {w.tasks.checker}：<Given>{task.checker.name}</Given>
          </>
        )}
      </p>
      <p className="count">
        {w.tasks.states[task.state]}
        {task.target !== null && (
          <small>
            {task.amount ?? 0}/{task.target}
            {task.measure ?? ''}
          </small>
        )}
      </p>
    </section>
  )
}

/** What is typed serves whichever act is pressed. */
function Acts({ task, again }: { task: Whole; again: () => Promise<void> }) {
  const { w } = useWords()
  const [reason, setReason] = useState('')
  const [amount, setAmount] = useState('')
  const [done, setDone] = useState<string>()
  const doing = useDoing()
  const { moves } = task.allowed
  const can = (kind: Kind) => moves.includes(kind)
  const move = (kind: Kind) =>
    doing.run(async () => {
      setDone(undefined)
      const counted = task.target !== null && /^\d{1,9}$/.test(amount) ? { amount: Number(amount) } : {}
      const body = { id: newUuid(), kind, reason: reason.trim() || null, ...counted }
      await ask(moveTask, { params: { taskId: task.id }, body })
      setReason('')
      setDone(w.tasks.done[kind as 'accept'] ?? w.tasks.saved)
      await again()
    })
  if (!can('accept') && !can('report') && !can('return'))
    return <p role="status">{done ? `✓ ${done}` : w.tasks.nothingNow}</p>
  return (
    <section className="card">
      {can('accept') && (
        <Button kind="primary" busy={doing.busy} onPress={() => move('accept')}>
          {w.tasks.accept}
        </Button>
      )}
      {can('report') && task.target !== null && (
        <Field label={w.tasks.amount(task.measure ?? '')}>
          <input
            inputMode="numeric"
            value={amount}
            onChange={({ currentTarget }) => setAmount(currentTarget.value)}
          />
        </Field>
      )}
      <Field label={w.tasks.note} hint={w.tasks.noteHint}>
        <textarea
          rows={3}
          maxLength={500}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </Field>
      {doing.error !== undefined && <Trouble error={doing.error} />}
      {can('report') && (
        <Button kind={can('accept') ? undefined : 'primary'} busy={doing.busy} onPress={() => move('report')}>
          {w.tasks.report}
        </Button>
      )}
      {can('progress') && task.target !== null && (
        <Button busy={doing.busy} onPress={() => move('progress')}>
          {w.tasks.progress}
        </Button>
      )}
      {can('return') && (
        <Button busy={doing.busy} onPress={() => move('return')}>
          {w.tasks.giveBack}
        </Button>
      )}
      <p role="status">{done ? `✓ ${done}` : ''}</p>
    </section>
  )
}

/** Everything that happened, the latest first; reasons of a refusal are read here. */
function History({ task }: { task: Whole }) {
  const { w, language } = useWords()
  return (
    <section>
      <h2>{w.tasks.history}</h2>
      <ul>
        {[...task.moves].reverse().map((move) => (
          <li key={move.sequence} className="card">
            <small>{momentText(move.at, cityZone(), language)}</small>
            <p>
              {w.tasks.moves[move.kind]}
              {move.byUnit && (
                <>
                  {' · '}
                  <Given>{move.byUnit.name}</Given>
                </>
              )}
              {move.undone && ` · ${w.tasks.undone}`}
            </p>
            {move.reason && (
              <p>
                <Given>{move.reason}</Given>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
