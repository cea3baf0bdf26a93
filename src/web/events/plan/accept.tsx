import { Button, Checkbox, Radio } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import {
  applyPlan,
  type EventDetail,
  listPlans,
  type Plan,
  readPlan,
  undoPlanApplication,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain } from '../../core/query.ts'
import { useDistricts } from '../../grid/districts.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords, type Words } from '../../words/index.ts'
import { shiftsChanged } from '../shifts/keep.ts'

/** Accepts a proposal, all of it or in some districts. The open dialog is a part of the address. */
export function AcceptPlan({ event, plan }: { event: EventDetail; plan: Plan }) {
  const { w } = useWords()
  const [search, setSearch] = useSearchParams()
  const navigate = useNavigate()
  const named = search.get('plan')
  const kept = named ? { plan: named } : undefined
  return (
    <>
      <Button type="primary" onClick={() => setSearch({ ...kept, act: 'accept' })}>
        {w.plan.accept}
      </Button>
      {search.get('act') === 'accept' && (
        <Accepting
          event={event}
          plan={plan}
          close={() => void navigate({ search: new URLSearchParams(kept).toString() }, { replace: true })}
        />
      )}
    </>
  )
}

function Accepting({ event, plan, close }: { event: EventDetail; plan: Plan; close: () => void }) {
  const { plan: p } = useWords().w
  const districts = useDistricts()
  const [whole, setWhole] = useState(true)
  const [codes, setCodes] = useState<readonly string[]>([])
  return (
    <ActDialog
      title={p.accept}
      confirm={p.accept}
      ready={whole || codes.length > 0}
      close={close}
      act={async () => {
        const body = whole ? {} : { districtCodes: [...codes] }
        const { applied } = await ask(applyPlan, { params: { planId: plan.id }, body })
        await Promise.all([readAgain(listPlans, readPlan), shiftsChanged()])
        if (!applied) return { text: p.already }
        const { assigned, kept, takenBack, refused, refusedAllotments } = applied
        const failed = refused.length + refusedAllotments.length
        const text = p.applied(assigned, kept, takenBack) + (failed > 0 ? p.refusedSome(failed) : '')
        if (event.state !== 'draft') return { text }
        return { text, undo: () => takeBack(plan, p) }
      }}
    >
      <p>{p.acceptLead(plan.quality?.people.placements ?? 0)}</p>
      {plan.peopleMoved !== null && plan.peopleMoved > 0 && (
        <p>
          <strong>{p.acceptMoved(plan.peopleMoved)}</strong>
        </p>
      )}
      <Radio.Group
        name="plan-part"
        aria-label={p.accept}
        value={whole}
        options={[
          { value: true, label: p.whole },
          { value: false, label: p.byDistrict },
        ]}
        onChange={({ target }) => setWhole(target.value as boolean)}
      />
      {!whole && (
        <fieldset className="plain">
          <legend className="hear">{p.byDistrict}</legend>
          <Checkbox.Group value={[...codes]} onChange={(chosen) => setCodes(chosen as string[])}>
            {districts.options.map(({ value, label }) => (
              <Checkbox key={value} value={value}>
                <Given>{label}</Given>
              </Checkbox>
            ))}
          </Checkbox.Group>
        </fieldset>
      )}
      <p>{event.state === 'published' ? p.acceptTold : p.acceptQuiet}</p>
      {event.state === 'draft' ? (
        <p className="soft">{p.acceptUndo}</p>
      ) : (
        <p className="note warn">{p.acceptFinal}</p>
      )}
    </ActDialog>
  )
}

/** Takes an acceptance back. Resolves to what was done, in words. */
async function takeBack({ id }: Plan, p: Words['plan']): Promise<string> {
  const { applied } = await ask(undoPlanApplication, { params: { planId: id } })
  await Promise.all([readAgain(listPlans, readPlan), shiftsChanged()])
  return p.undone(applied?.takenBack ?? 0, applied?.assigned ?? 0)
}

/** The way back, also after the page was left. The open dialog is a part of the address. */
export function UndoAcceptance({ plan }: { plan: Plan }) {
  const { plan: p } = useWords().w
  const [search, setSearch] = useSearchParams()
  const navigate = useNavigate()
  const named = search.get('plan')
  const kept = named ? { plan: named } : undefined
  return (
    <>
      <Button onClick={() => setSearch({ ...kept, act: 'undo' })}>{p.undo}</Button>
      {search.get('act') === 'undo' && (
        <ActDialog
          ready
          title={p.undo}
          confirm={p.undo}
          close={() => void navigate({ search: new URLSearchParams(kept).toString() }, { replace: true })}
          act={async () => ({ text: await takeBack(plan, p) })}
        >
          <p>{p.undoLead}</p>
          <p>{p.undoEffect}</p>
        </ActDialog>
      )}
    </>
  )
}
