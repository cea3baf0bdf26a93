import { Input, Select } from 'antd'
import { useState } from 'react'
import { type Cadence, cadences, type ExpansionScope, expansionScopes } from '#modules/command/words.ts'
import {
  type ResponsibilityLevel,
  responsibilityLevels,
  type ZoneKind,
  zoneKinds,
} from '#modules/grid/words.ts'
import { type Book, createTaskTemplate, listTaskTemplates, listUnits } from '../api/operations.ts'
import { ask, newKey } from '../core/ask.ts'
import { keptKeys } from '../core/draft.ts'
import { readAgain } from '../core/query.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { Choice } from '../ui/office/choice.tsx'
import { Field } from '../ui/office/field.tsx'
import { type Named, RemoteSelect } from '../ui/office/remote-select.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useCityWords } from './words.ts'

/** A template: what is made of it for whom, how often, due when. */
export function NewTemplate({ book, close }: { book: Book; close: () => void }) {
  const { r, say, w } = useCityWords()
  const [outline, setOutline] = useState('1')
  const [text, setText] = useState('')
  const [keyFor] = useState(() => keptKeys(newKey))
  const [scope, setScope] = useState<string | null>('responsibilities')
  const [level, setLevel] = useState<string | null>('leader')
  const [kinds, setKinds] = useState<ZoneKind[]>(['compound'])
  const [units, setUnits] = useState<Named[]>([])
  const [cadence, setCadence] = useState<string | null>('once')
  const [dueDay, setDueDay] = useState('')
  const [limit, setLimit] = useState<string | null>('workdays:15')
  const optionsOf = <K extends string>(words: Record<K, { zh: string; en: string }>) =>
    (Object.keys(words) as K[]).map((value) => ({ value, label: say(words[value]) }))
  const limits = Object.entries(r.limits).map(([value, label]) => ({ value, label }))
  const ofUnits = scope === 'once' || scope === 'units'
  const kind =
    scope === 'responsibilities' && level === 'leader'
      ? ('leader_visit' as const)
      : book.kind === 'notice'
        ? ('reply' as const)
        : ('item' as const)
  const within = ofUnits
    ? { unitIds: units.map(({ id }) => id) }
    : {
        ...(kinds.length > 0 ? { zoneKinds: kinds } : {}),
        ...(scope === 'responsibilities' ? { level: level as ResponsibilityLevel } : {}),
      }
  const ready =
    outline.trim() !== '' &&
    text.trim() !== '' &&
    scope !== null &&
    cadence !== null &&
    (!ofUnits || units.length > 0) &&
    (scope !== 'responsibilities' || level !== null)
  return (
    <ActDialog
      title={r.newTemplate}
      confirm={r.create}
      first="template-text"
      ready={ready}
      close={close}
      act={async () => {
        const due = dueDay.trim()
          ? { dueDay: dueDay.trim() }
          : limit && limit !== 'standing'
            ? { dueClass: limit }
            : {}
        const body = {
          ...{ kind, outline: outline.trim(), text: text.trim(), within, ...due },
          ...{ scope: scope as ExpansionScope, cadence: cadence as Cadence },
        }
        await ask(createTaskTemplate, { params: { bookId: book.id }, body }, { key: keyFor(body) })
        await readAgain(listTaskTemplates)
        return { text: r.templateWritten }
      }}
    >
      <Field label={r.number} name="template-outline">
        <Input
          id="template-outline"
          maxLength={10}
          value={outline}
          onChange={({ target }) => setOutline(target.value)}
        />
      </Field>
      <Field label={r.text} name="template-text">
        <Input.TextArea
          id="template-text"
          rows={2}
          maxLength={1000}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </Field>
      <Field label={r.scope} name="template-scope">
        <Choice
          id="template-scope"
          label={r.scope}
          all={r.scope}
          options={optionsOf(expansionScopes)}
          value={scope}
          onChange={setScope}
        />
      </Field>
      {scope === 'responsibilities' && (
        <Field label={r.level} name="template-level">
          <Choice
            id="template-level"
            label={r.level}
            all={r.level}
            options={optionsOf(responsibilityLevels)}
            value={level}
            onChange={setLevel}
          />
        </Field>
      )}
      {!ofUnits && (
        <Field label={r.zoneKinds} name="template-kinds" optional>
          <Select
            id="template-kinds"
            mode="multiple"
            placeholder={r.anyZone}
            options={optionsOf(zoneKinds)}
            optionFilterProp="label"
            value={kinds}
            onChange={setKinds}
          />
        </Field>
      )}
      {ofUnits && (
        <>
          <Field label={r.units} name="template-unit">
            <RemoteSelect
              id="template-unit"
              value={null}
              find={listUnits}
              onChange={(unit) =>
                unit && setUnits((some) => (some.some(({ id }) => id === unit.id) ? some : [...some, unit]))
              }
            />
          </Field>
          <ul>
            {units.map((unit) => (
              <li key={unit.id}>
                <Given>{unit.name}</Given>{' '}
                <button
                  type="button"
                  onClick={() => setUnits((some) => some.filter(({ id }) => id !== unit.id))}
                >
                  {w.common.remove}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <Field label={r.cadence} name="template-cadence">
        <Choice
          id="template-cadence"
          label={r.cadence}
          all={r.cadence}
          options={optionsOf(cadences)}
          value={cadence}
          onChange={setCadence}
        />
      </Field>
      {cadence !== 'once' && (
        <Field label={r.dueDay} name="template-day" hint={r.dueDayHint} optional>
          <Input
            id="template-day"
            maxLength={5}
            value={dueDay}
            onChange={({ target }) => setDueDay(target.value)}
          />
        </Field>
      )}
      <Field label={r.limit} name="template-limit">
        <Choice
          id="template-limit"
          label={r.limit}
          all={r.limit}
          options={limits}
          value={limit}
          onChange={setLimit}
        />
      </Field>
    </ActDialog>
  )
}
