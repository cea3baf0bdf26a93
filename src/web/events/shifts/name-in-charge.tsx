import { Button, Radio } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { type InChargeRule, inChargeRules } from '#modules/mobilization/words.ts'
import { type EventDetail, nameAllInCharge } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { useWords } from '../../words/index.ts'
import { shiftsChanged } from './keep.ts'

const rules = Object.keys(inChargeRules) as InChargeRule[]

/** Names somebody in charge of every shift that has nobody, by a rule. The open dialog is a part of the address. */
export function NameInCharge({ event }: { event: EventDetail }) {
  const { w } = useWords()
  const [search, setSearch] = useSearchParams()
  const navigate = useNavigate()
  return (
    <>
      <Button onClick={() => setSearch({ act: 'in-charge' })}>{w.shifts.nameInCharge}</Button>
      {search.get('act') === 'in-charge' && (
        <Naming event={event} close={() => void navigate({ search: '' }, { replace: true })} />
      )}
    </>
  )
}

function Naming({ event, close }: { event: EventDetail; close: () => void }) {
  const { w, say } = useWords()
  const [rule, setRule] = useState<InChargeRule>('largest_team_leader')
  return (
    <ActDialog
      ready
      title={w.shifts.nameInCharge}
      confirm={w.shifts.name}
      close={close}
      act={async () => {
        const { named, left } = await ask(nameAllInCharge, { params: { eventId: event.id }, body: { rule } })
        await shiftsChanged()
        return { text: w.shifts.named(named, left.length) }
      }}
    >
      <p>{w.shifts.nameInChargeLead}</p>
      <fieldset className="plain">
        <legend className="label">{w.shifts.rule}</legend>
        <Radio.Group
          name="in-charge-rule"
          value={rule}
          options={rules.map((value) => ({ value, label: say(inChargeRules[value]) }))}
          onChange={(event) => setRule(event.target.value as InChargeRule)}
        />
      </fieldset>
    </ActDialog>
  )
}
