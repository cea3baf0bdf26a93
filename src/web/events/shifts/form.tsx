import { Checkbox, Input, InputNumber, Radio } from 'antd'
import { listPersons, listZones, type Person } from '../../api/operations.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import type { Problems } from '../../ui/office/editing.ts'
import { Field } from '../../ui/office/field.tsx'
import { MomentPicker } from '../../ui/office/moment-picker.tsx'
import { RemoteSelect } from '../../ui/office/remote-select.tsx'
import { useWords } from '../../words/index.ts'
import { inputOf, type ShiftField, type ShiftFields, type TemplateFields } from './fields.ts'
import { SkillsField } from './skills-field.tsx'

interface Props<F> {
  fields: F
  problems: Problems<F>
  set: (change: Partial<F>) => void
}

/** The label of each field, also where a conflict names it. */
export function useShiftLabels(): Record<ShiftField, string> {
  const { shifts: s } = useWords().w
  return {
    zone: s.place,
    startsAt: s.start,
    endsAt: s.end,
    work: s.work,
    min: s.min,
    target: s.target,
    max: s.max,
    minorsAllowed: s.minorsAllowed,
    skills: s.skills,
    meetingPoint: s.meetingPoint,
    inCharge: s.inCharge,
    deputy: s.deputy,
    tools: s.tools,
    toolsBroughtBy: s.toolsBroughtBy,
    risks: s.risks,
    insurance: s.insurance,
    recordable: s.recordable,
    recordableReason: s.recordableReason,
  }
}

/** Where and when. `zone`: the zone of time of the event. */
export function PlaceFields({ fields, problems, set, zone }: Props<ShiftFields> & { zone: string }) {
  const { w } = useWords()
  const labels = useShiftLabels()
  return (
    <>
      <Field wide label={labels.zone} name={inputOf('zone')} wrong={problems.zone}>
        <RemoteSelect
          id={inputOf('zone')}
          find={listZones}
          placeholder={w.shifts.chooseZone}
          clearable={false}
          value={fields.zone}
          detail={({ parent }) => parent?.name}
          onChange={(chosen) => set({ zone: chosen })}
        />
      </Field>
      {(['startsAt', 'endsAt'] as const).map((name) => (
        <Field key={name} label={labels[name]} name={inputOf(name)} wrong={problems[name]}>
          <MomentPicker
            id={inputOf(name)}
            zone={zone}
            placeholder={w.about.pickDay}
            value={fields[name]}
            onChange={(value) => set({ [name]: value })}
          />
        </Field>
      ))}
    </>
  )
}

type TemplateProps = Props<TemplateFields>

/** What is done, and by how many. */
export function WorkFields({ fields, problems, set }: TemplateProps) {
  const { w } = useWords()
  const labels = useShiftLabels()
  return (
    <>
      <Field wide label={labels.work} name={inputOf('work')} wrong={problems.work}>
        <Input
          id={inputOf('work')}
          value={fields.work}
          maxLength={100}
          placeholder={w.shifts.workHint}
          aria-required
          onChange={(event) => set({ work: event.target.value })}
        />
      </Field>
      <div className="field wide three">
        {(['min', 'target', 'max'] as const).map((name) => (
          <Field key={name} label={labels[name]} name={inputOf(name)} wrong={problems[name]}>
            <InputNumber
              id={inputOf(name)}
              min={0}
              max={10_000}
              precision={0}
              controls={false}
              value={fields[name]}
              onChange={(value) => set({ [name]: value })}
            />
          </Field>
        ))}
      </div>
      <SkillsField skills={fields.skills} wrong={problems.skills} onChange={(skills) => set({ skills })} />
      <div className="field wide">
        <Checkbox
          id={inputOf('minorsAllowed')}
          checked={fields.minorsAllowed}
          onChange={(event) => set({ minorsAllowed: event.target.checked })}
        >
          {labels.minorsAllowed}
        </Checkbox>
        {problems.minorsAllowed && <p className="wrong">{problems.minorsAllowed}</p>}
      </div>
    </>
  )
}

const texts = ['meetingPoint', 'tools', 'toolsBroughtBy', 'risks', 'insurance'] as const
const lengths = { meetingPoint: 200, tools: 1000, toolsBroughtBy: 100, risks: 2000, insurance: 1000 }

/** What volunteers are told, who leads them, and whether their hours count. */
export function TellingFields({ fields, problems, set }: TemplateProps) {
  const { w } = useWords()
  const labels = useShiftLabels()
  const mayChoose = useStore(me)?.permissions.includes('persons.read') === true
  return (
    <>
      {mayChoose &&
        (['inCharge', 'deputy'] as const).map((name) => (
          <Field key={name} optional label={labels[name]} name={inputOf(name)} wrong={problems[name]}>
            <RemoteSelect
              id={inputOf(name)}
              find={listPersons}
              placeholder={w.shifts.choosePerson}
              value={fields[name]}
              detail={placeOf}
              onChange={(chosen) => set({ [name]: chosen })}
            />
          </Field>
        ))}
      {texts.map((name) => (
        <Field
          key={name}
          optional
          label={labels[name]}
          name={inputOf(name)}
          wrong={problems[name]}
          hint={name === 'insurance' ? w.shifts.insuranceHint : undefined}
        >
          <Input.TextArea
            id={inputOf(name)}
            value={fields[name]}
            maxLength={lengths[name]}
            autoSize={{ minRows: 1, maxRows: 6 }}
            translate="no"
            onChange={(event) => set({ [name]: event.target.value })}
          />
        </Field>
      ))}
      <RecordableFields fields={fields} problems={problems} set={set} />
    </>
  )
}

/** Where somebody belongs, to tell people of the same name apart. */
const placeOf = ({ memberships: [first] }: Person) => first?.unit?.name ?? first?.team.name

function RecordableFields({ fields, problems, set }: TemplateProps) {
  const { w } = useWords()
  const labels = useShiftLabels()
  const options = [
    { value: true, label: w.shifts.yes },
    { value: false, label: w.shifts.no },
  ]
  return (
    <>
      <fieldset className="field plain">
        <legend className="label">{labels.recordable}</legend>
        <Radio.Group
          name={inputOf('recordable')}
          value={fields.recordable}
          options={options}
          onChange={(event) => set({ recordable: event.target.value as boolean })}
        />
      </fieldset>
      {!fields.recordable && (
        <Field
          label={labels.recordableReason}
          name={inputOf('recordableReason')}
          wrong={problems.recordableReason}
        >
          <Input
            id={inputOf('recordableReason')}
            value={fields.recordableReason}
            maxLength={200}
            onChange={(event) => set({ recordableReason: event.target.value })}
          />
        </Field>
      )}
    </>
  )
}
