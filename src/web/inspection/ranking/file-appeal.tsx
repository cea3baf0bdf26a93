import { Input } from 'antd'
import { useState } from 'react'
import { observationAnswers } from '#modules/inspection/words.ts'
import { fileAppeal, listAppeals, readRanking, readVisit, type WholeVisit } from '../../api/operations.ts'
import { ask, newKey } from '../../core/ask.ts'
import { readAgain } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { UnitSelect } from '../../organisation/choose.tsx'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Field } from '../../ui/office/field.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { AnswerField } from './answer-field.tsx'
import { type Wish, wishOf, wishReady } from './wish.ts'
import { useRankingWords } from './words/index.ts'

interface Props {
  rankingId: string
  observation: WholeVisit['observations'][number]
  close: () => void
}

/** The one unit that somebody reports for, where it is one. */
function ownUnit(): string | null {
  const units = (me.get()?.grants ?? []).flatMap(({ unit, permissions }) =>
    unit && permissions.includes('tasks.report') ? [unit.id] : [],
  )
  return new Set(units).size === 1 ? units[0]! : null
}

/** A unit says that an observation is wrong, and what should stand there. */
export function FileAppeal({ rankingId, observation, close }: Props) {
  const { r, say } = useRankingWords()
  const [key] = useState(newKey)
  const [unitId, setUnitId] = useState(ownUnit)
  const [wish, setWish] = useState<Wish>({ answer: null, count: null })
  const [reason, setReason] = useState('')
  const ready = unitId !== null && wishReady(observation, wish) && reason.trim() !== ''
  return (
    <ActDialog
      title={r.appeal}
      confirm={r.appeal}
      first="wish-answer"
      ready={ready}
      close={close}
      again={() => readAgain(readRanking, readVisit, listAppeals)}
      act={async () => {
        const what = { unitId: unitId!, observationId: observation.id, reason: reason.trim() }
        const body = { ...what, ...wishOf(observation, wish) }
        await ask(fileAppeal, { params: { rankingId }, body }, { key })
        await readAgain(readRanking, listAppeals)
        return { text: r.appealed }
      }}
    >
      <p>{r.appealLead}</p>
      <p>
        <Given>{`${observation.standard.code} ${observation.standard.text}`}</Given>
        {r.colon}
        <strong>
          {say(observationAnswers[observation.answer])}
          {observation.count !== null && ` ${r.counted(observation.count)}`}
        </strong>
      </p>
      <AnswerField asked={observation} wish={wish} set={setWish} />
      <Field label={r.unit} name="appeal-unit">
        <UnitSelect id="appeal-unit" label={r.unit} value={unitId} onChange={setUnitId} />
      </Field>
      <Field label={r.reason} name="appeal-reason">
        <Input.TextArea
          id="appeal-reason"
          rows={3}
          maxLength={500}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </Field>
    </ActDialog>
  )
}
