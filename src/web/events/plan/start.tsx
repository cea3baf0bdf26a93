import { Button, InputNumber, Radio } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { policies, stabilities } from '#modules/planning/words.ts'
import { type EventDetail, listPlans, readEventSteps, startPlan } from '../../api/operations.ts'
import { ask, newKey } from '../../core/ask.ts'
import { keptKeys } from '../../core/draft.ts'
import { readAgain } from '../../core/query.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Field } from '../../ui/office/field.tsx'
import { useWords } from '../../words/index.ts'

type Policy = keyof typeof policies
type Stability = keyof typeof stabilities

/** Has a proposal made. The open dialog is a part of the address. */
export function StartPlan({ event, primary }: { event: EventDetail; primary: boolean }) {
  const { w } = useWords()
  const [search, setSearch] = useSearchParams()
  const navigate = useNavigate()
  return (
    <>
      <Button type={primary ? 'primary' : 'default'} onClick={() => setSearch({ act: 'start' })}>
        {w.plan.start}
      </Button>
      {search.get('act') === 'start' && (
        <Starting event={event} close={() => void navigate({ search: '' }, { replace: true })} />
      )}
    </>
  )
}

function Starting({ event, close }: { event: EventDetail; close: () => void }) {
  const { w, say } = useWords()
  const { plan: p } = w
  const [policy, setPolicy] = useState<Policy>('together')
  const [stability, setStability] = useState<Stability | 'auto'>('auto')
  const [hoursPerWeek, setHours] = useState<number | null>(null)
  const [restMinutes, setRest] = useState<number | null>(null)
  const [keyFor] = useState(() => keptKeys(newKey))
  const options = <K extends string>(words: Record<K, { zh: string; en: string }>) =>
    (Object.keys(words) as K[]).map((value) => ({ value, label: say(words[value]) }))
  // Limits of a week and rests matter to events of several days alone.
  const isLong = Date.parse(event.endsAt) - Date.parse(event.startsAt) > 24 * 3600_000
  return (
    <ActDialog
      ready
      title={p.start}
      confirm={p.begin}
      close={close}
      act={async () => {
        const body = {
          policy,
          ...(stability === 'auto' ? {} : { stability }),
          ...(hoursPerWeek ? { hoursPerWeek } : {}),
          ...(restMinutes ? { restMinutes } : {}),
        }
        await ask(startPlan, { params: { eventId: event.id }, body }, { key: keyFor(body) })
        await readAgain(listPlans, readEventSteps)
        return { text: p.begun }
      }}
    >
      <p>{p.startLead}</p>
      <fieldset className="plain">
        <legend className="label">{p.policy}</legend>
        <Radio.Group
          name="plan-policy"
          value={policy}
          options={options(policies)}
          onChange={({ target }) => setPolicy(target.value as Policy)}
        />
      </fieldset>
      <fieldset className="plain">
        <legend className="label">{p.stability}</legend>
        <Radio.Group
          name="plan-stability"
          className="lines"
          value={stability}
          options={[{ value: 'auto', label: p.stabilityAuto }, ...options(stabilities)]}
          onChange={({ target }) => setStability(target.value as Stability | 'auto')}
        />
      </fieldset>
      {isLong && (
        <>
          <Field optional label={p.hoursPerWeek} name="plan-hours">
            <InputNumber
              id="plan-hours"
              min={1}
              max={168}
              controls={false}
              value={hoursPerWeek}
              onChange={setHours}
            />
          </Field>
          <Field optional label={p.restMinutes} name="plan-rest">
            <InputNumber
              id="plan-rest"
              min={0}
              max={10_080}
              precision={0}
              controls={false}
              value={restMinutes}
              onChange={setRest}
            />
          </Field>
        </>
      )}
    </ActDialog>
  )
}
