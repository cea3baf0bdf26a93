import { Input, InputNumber, Radio } from 'antd'
import { listZones, type ShiftRevisionChange } from '../../api/operations.ts'
import { Field } from '../../ui/office/field.tsx'
import { type Named, RemoteSelect } from '../../ui/office/remote-select.tsx'
import { useWords } from '../../words/index.ts'

export type TimeChange = 'same' | 'later' | 'clock'
const heads = ['min', 'target', 'max'] as const
const texts = ['work', 'meetingPoint', 'tools', 'risks', 'insurance'] as const

/** What the form holds: an empty field leaves the shifts as they are. */
export interface Revising {
  time: TimeChange
  days: number | null
  minutes: number | null
  startsAtClock: string
  endsAtClock: string
  zone: Named | null
  numbers: Record<(typeof heads)[number], number | null>
  texts: Record<(typeof texts)[number], string>
}

export const nothingYet: Revising = {
  time: 'same',
  days: null,
  minutes: null,
  startsAtClock: '',
  endsAtClock: '',
  zone: null,
  numbers: { min: null, target: null, max: null },
  texts: { work: '', meetingPoint: '', tools: '', risks: '', insurance: '' },
}

const isClock = (text: string) => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text)

/** The change as the service takes it; undefined while nothing is changed, or something is not readable. Pure. */
export function changeOf(form: Revising): ShiftRevisionChange | undefined {
  const change: ShiftRevisionChange = {}
  if (form.time === 'later') {
    if (form.days) change.moveDays = form.days
    if (form.minutes) change.moveMin = form.minutes
  }
  if (form.time === 'clock') {
    for (const name of ['startsAtClock', 'endsAtClock'] as const) {
      if (form[name] === '') continue
      if (!isClock(form[name])) return undefined
      change[name] = form[name]
    }
  }
  if (form.zone) change.zoneId = form.zone.id
  for (const name of heads) if (form.numbers[name] !== null) change[name] = form.numbers[name]
  for (const name of texts) if (form.texts[name].trim()) change[name] = form.texts[name].trim()
  return Object.keys(change).length > 0 ? change : undefined
}

interface Props {
  form: Revising
  set: (change: Partial<Revising>) => void
}

/** What many shifts become: times, numbers, zone and what volunteers read. */
export function ReviseFields({ form, set }: Props) {
  const { shifts: s } = useWords().w
  return (
    <>
      <p className="soft">{s.reviseLead}</p>
      <TimeFields form={form} set={set} />
      <div className="field three">
        {heads.map((name) => (
          <Field key={name} label={s[name]} name={`revise-${name}`}>
            <InputNumber
              id={`revise-${name}`}
              min={0}
              max={10_000}
              precision={0}
              controls={false}
              placeholder={s.same}
              value={form.numbers[name]}
              onChange={(value) => set({ numbers: { ...form.numbers, [name]: value } })}
            />
          </Field>
        ))}
      </div>
      <Field label={s.reviseZone} name="revise-zone">
        <RemoteSelect
          id="revise-zone"
          find={listZones}
          placeholder={s.same}
          value={form.zone}
          detail={({ parent }) => parent?.name}
          onChange={(zone) => set({ zone })}
        />
      </Field>
      <details>
        <summary>{s.reviseTexts}</summary>
        <div className="stack">
          {texts.map((name) => (
            <Field key={name} label={s[name]} name={`revise-${name}`}>
              <Input
                id={`revise-${name}`}
                maxLength={name === 'work' ? 100 : 200}
                placeholder={s.same}
                value={form.texts[name]}
                onChange={({ target }) => set({ texts: { ...form.texts, [name]: target.value } })}
              />
            </Field>
          ))}
        </div>
      </details>
    </>
  )
}

function TimeFields({ form, set }: Props) {
  const { w } = useWords()
  const { shifts: s } = w
  const kinds = { same: s.timeSame, later: s.timeLater, clock: s.timeClock }
  const clocks = { startsAtClock: s.start, endsAtClock: s.end }
  return (
    <fieldset className="plain">
      <legend className="label">{s.time}</legend>
      <Radio.Group
        name="revise-time"
        value={form.time}
        options={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
        onChange={({ target }) => set({ time: target.value as TimeChange })}
      />
      {form.time === 'later' && (
        <div className="row wide">
          <Field label={s.laterDays} name="revise-days">
            <InputNumber
              id="revise-days"
              min={-92}
              max={92}
              precision={0}
              controls={false}
              value={form.days}
              onChange={(days) => set({ days })}
            />
          </Field>
          <Field label={s.laterMinutes} name="revise-minutes" hint={s.laterHint}>
            <InputNumber
              id="revise-minutes"
              min={-1440}
              max={1440}
              precision={0}
              controls={false}
              value={form.minutes}
              onChange={(minutes) => set({ minutes })}
            />
          </Field>
        </div>
      )}
      {form.time === 'clock' && (
        <div className="row wide">
          {(['startsAtClock', 'endsAtClock'] as const).map((name) => (
            <Field
              key={name}
              label={clocks[name]}
              name={`revise-${name}`}
              wrong={form[name] === '' || isClock(form[name]) ? undefined : s.clockWrong}
            >
              <Input
                id={`revise-${name}`}
                maxLength={5}
                placeholder="14:00"
                value={form[name]}
                onChange={({ target }) => set({ [name]: target.value.replace('：', ':') })}
              />
            </Field>
          ))}
        </div>
      )}
    </fieldset>
  )
}
