import { Button, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { type ResponsibilityLevel, responsibilityLevels } from '#modules/grid/words.ts'
import {
  changeResponsibility,
  coverageOfZone,
  createResponsibility,
  listResponsibilities,
  listResponsibilityGaps,
  type Responsibility,
  whoAnswers,
  type ZoneDetail,
} from '../api/operations.ts'
import { ask, newKey } from '../core/ask.ts'
import { keptKeys } from '../core/draft.ts'
import { readAgain } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { dayAfter, serverNow, wallOf } from '../core/time.ts'
import { PersonSelect, UnitSelect } from '../organisation/choose.tsx'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { Field } from '../ui/office/field.tsx'
import { MomentPicker } from '../ui/office/moment-picker.tsx'
import { useGridWords } from './words.ts'

const dutiesChanged = () =>
  readAgain(whoAnswers, listResponsibilities, listResponsibilityGaps, coverageOfZone)

/** Today, as a day in the zone of the service. */
const useToday = () => {
  const zone = useStore(me)?.timeZone ?? 'UTC'
  return { zone, today: wallOf(serverNow(), zone).slice(0, 10) }
}

/** Enters who answers for a zone: at a level, a unit or a person, for what and from when. */
export function AddDuty({ zone, close }: { zone: ZoneDetail; close: () => void }) {
  const { r, say } = useGridWords()
  const { zone: timeZone, today } = useToday()
  const [level, setLevel] = useState<ResponsibilityLevel>('unit')
  const [bearer, setBearer] = useState<'unit' | 'person'>('unit')
  const [unitId, setUnitId] = useState<string | null>(null)
  const [personId, setPersonId] = useState<string | null>(null)
  const [scope, setScope] = useState('')
  const [duties, setDuties] = useState('')
  const [from, setFrom] = useState<string | null>(`${today}T00:00`)
  const [until, setUntil] = useState<string | null>(null)
  const [keyFor] = useState(() => keptKeys(newKey))
  const levels = (Object.keys(responsibilityLevels) as ResponsibilityLevel[]).map((value) => ({
    value,
    label: say(responsibilityLevels[value]),
  }))
  const chosen = bearer === 'unit' ? unitId : personId
  return (
    <ActDialog
      title={r.addDuty}
      confirm={r.addDuty}
      ready={chosen !== null && from !== null}
      close={close}
      act={async () => {
        const body = {
          ...{ zoneId: zone.id, level, scope: scope.trim() || null, duties: duties.trim() || null },
          ...(bearer === 'unit' ? { unitId: unitId ?? '' } : { personId: personId ?? '' }),
          validFrom: from?.slice(0, 10) ?? today,
          validUntil: until?.slice(0, 10) ?? null,
        }
        await ask(createResponsibility, { body }, { key: keyFor(body) })
        await dutiesChanged()
        return { text: r.dutyAdded }
      }}
    >
      <Field label={r.level} name="duty-level">
        <Select id="duty-level" options={levels} value={level} onChange={setLevel} />
      </Field>
      <fieldset className="plain">
        <legend className="label">{r.bearer}</legend>
        <Radio.Group name="duty-bearer" value={bearer} onChange={({ target }) => setBearer(target.value)}>
          <Radio value="unit">{r.bearerUnit}</Radio>
          <Radio value="person">{r.bearerPerson}</Radio>
        </Radio.Group>
      </fieldset>
      {bearer === 'unit' ? (
        <Field label={r.bearerUnit} name="duty-unit">
          <UnitSelect id="duty-unit" label={r.chooseUnit} value={unitId} onChange={setUnitId} />
        </Field>
      ) : (
        <Field label={r.bearerPerson} name="duty-person">
          <PersonSelect id="duty-person" label={r.choosePerson} value={personId} onChange={setPersonId} />
        </Field>
      )}
      <Field optional label={r.scope} name="duty-scope">
        <Input
          id="duty-scope"
          value={scope}
          maxLength={200}
          onChange={({ target }) => setScope(target.value)}
        />
      </Field>
      <Field optional label={r.duties} name="duty-duties">
        <Input
          id="duty-duties"
          value={duties}
          maxLength={500}
          onChange={({ target }) => setDuties(target.value)}
        />
      </Field>
      <Field label={r.from} name="duty-from">
        <MomentPicker
          dayOnly
          id="duty-from"
          zone={timeZone}
          placeholder={r.from}
          value={from}
          onChange={setFrom}
        />
      </Field>
      <Field optional label={r.until} name="duty-until" hint={r.untilHint}>
        <MomentPicker
          dayOnly
          id="duty-until"
          zone={timeZone}
          placeholder={r.until}
          value={until}
          onChange={setUntil}
        />
      </Field>
    </ActDialog>
  )
}

/** Ends a duty; it is not deleted, and its way back opens its end again. */
export function EndDuty({ duty, close }: { duty: Responsibility; close: () => void }) {
  const { r } = useGridWords()
  const { zone, today } = useToday()
  // A duty lasts a day at least.
  const first = dayAfter(`${duty.validFrom}T00:00`)
  const [until, setUntil] = useState<string | null>(first > `${today}T00:00` ? first : `${today}T00:00`)
  const become = async (validUntil: string | null, version: number) => {
    const body = { validUntil }
    const saved = await ask(changeResponsibility, { params: { id: duty.id }, body }, { version })
    await dutiesChanged()
    return saved.version
  }
  return (
    <ActDialog
      title={r.endDuty}
      confirm={r.endDuty}
      ready={until !== null}
      close={close}
      act={async () => {
        const version = await become(until?.slice(0, 10) ?? today, duty.version)
        return {
          text: r.dutyEnded,
          undo: async () => {
            await become(duty.validUntil, version)
            return r.dutyGoesOn
          },
        }
      }}
    >
      <p translate="no">{r.endLead((duty.unit ?? duty.person)?.name ?? '')}</p>
      <Field label={r.until} name="duty-end" hint={r.untilHint}>
        <MomentPicker
          dayOnly
          id="duty-end"
          zone={zone}
          placeholder={r.until}
          value={until}
          onChange={setUntil}
        />
      </Field>
    </ActDialog>
  )
}

/** The button that ends one, beside it. */
export function EndButton({ name, open }: { name: string; open: () => void }) {
  const { r } = useGridWords()
  return (
    <span translate="no">
      <Button size="small" aria-label={r.endOf(name)} onClick={open}>
        {r.end}
      </Button>
    </span>
  )
}
