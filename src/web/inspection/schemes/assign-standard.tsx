import { Button } from 'antd'
import { useState } from 'react'
import { type StandardRole, standardRoles } from '#modules/inspection/words.ts'
import { assignStandard, listStandards, listUnits, type Standard } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain } from '../../core/query.ts'
import { useDistricts } from '../../grid/districts.ts'
import { Choice } from '../../ui/office/choice.tsx'
import { EditDialog } from '../../ui/office/edit-dialog.tsx'
import { type Editable, useEditing } from '../../ui/office/editing.ts'
import { type Named, RemoteSelect } from '../../ui/office/remote-select.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { Code } from '../code.tsx'
import { optionsOf } from '../options.ts'
import { useSchemeWords } from '../words/index.ts'
import { readStandard } from './read-standard.ts'

interface Line {
  /** Tells lines apart while they are edited. */
  key: string
  districtCode: string | null
  unit: Named | null
  role: StandardRole
}
interface Answering extends Record<string, unknown> {
  units: readonly Line[]
}

const fieldsOf = ({ units }: Standard): Answering => ({
  units: units.map(({ districtCode, unit, role }) => ({
    key: `${districtCode} ${unit.id}`,
    ...{ districtCode, unit: { id: unit.id, name: unit.name }, role },
  })),
})

function useEditable(): Editable<Standard, Answering> {
  const { w } = useSchemeWords()
  return {
    fieldsOf,
    problemsOf: ({ units }) => (units.every(({ unit }) => unit) ? {} : { units: w.field.missing }),
    read: readStandard,
    async send({ id: standardId, version }, _before, { units: lines }) {
      const units = lines.map(({ districtCode, unit, role }) => ({ districtCode, unitId: unit!.id, role }))
      const saved = await ask(assignStandard, { params: { standardId }, body: { units } }, { version })
      await readAgain(listStandards)
      return saved
    },
    fieldOf: ({ problem }) => (problem.code === 'standard.unit_twice' ? 'units' : undefined),
    inputOf: () => 'standard-units',
  }
}

/** Says who leads and supports a standard, in the whole city and in each district; the list is sent as a whole. */
export function AssignStandard({ standard, close }: { standard: Standard; close: () => void }) {
  const { r } = useSchemeWords()
  const editing = useEditing(standard, useEditable(), close)
  const [added, setAdded] = useState(0)
  const lines = editing.mine.units
  const setLines = (units: readonly Line[]) => editing.set({ units })
  const add = () => {
    const role: StandardRole = lines.some((line) => line.role === 'lead') ? 'support' : 'lead'
    setLines([...lines, { key: `new ${added}`, districtCode: null, unit: null, role }])
    setAdded(added + 1)
  }
  const set = (key: string, change: Partial<Line>) =>
    setLines(lines.map((line) => (line.key === key ? { ...line, ...change } : line)))
  return (
    <EditDialog
      title={r.assignTitle}
      editing={editing}
      label={() => r.answering}
      show={(_, value) => <Lines lines={value as readonly Line[]} />}
      close={close}
    >
      <p>
        <Code>{standard.code}</Code> <Given>{standard.text}</Given>
      </p>
      <p className="soft">{r.assignLead}</p>
      <div className="lines" id="standard-units" tabIndex={-1}>
        {lines.map((line, at) => (
          <AssignLine
            key={line.key}
            line={line}
            at={at + 1}
            set={(change) => set(line.key, change)}
            remove={() => setLines(lines.filter(({ key }) => key !== line.key))}
          />
        ))}
      </div>
      {editing.problems.units && <p className="wrong">{editing.problems.units}</p>}
      <Button onClick={add}>{r.addUnit}</Button>
    </EditDialog>
  )
}

/** Who leads and supports, a line each, as the conflict dialog shows it. */
function Lines({ lines }: { lines: readonly Line[] }) {
  const { r, say } = useSchemeWords()
  const districts = useDistricts()
  if (lines.length === 0) return <span className="soft">{r.none}</span>
  return lines.map(({ key, districtCode, unit, role }) => (
    <span key={key} className="line">
      {say(standardRoles[role])} · <Given>{unit?.name ?? ''}</Given>
      {districtCode && (
        <>
          {' · '}
          <Given>{districts.nameOf(districtCode) ?? districtCode}</Given>
        </>
      )}
    </span>
  ))
}

interface LineProps {
  line: Line
  at: number
  set: (change: Partial<Line>) => void
  remove: () => void
}

function AssignLine({ line, at, set, remove }: LineProps) {
  const { r, say } = useSchemeWords()
  const districts = useDistricts()
  return (
    <div className="inspection-line">
      <Choice
        given
        label={r.district}
        all={r.city}
        options={districts.options}
        value={line.districtCode}
        onChange={(districtCode) => set({ districtCode })}
      />
      <span className="inspection-unit">
        <RemoteSelect
          find={listUnits}
          label={r.unit}
          placeholder={r.unit}
          value={line.unit}
          onChange={(unit) => set({ unit })}
        />
      </span>
      <Choice
        label={r.role}
        all={r.leads}
        options={optionsOf(standardRoles, say)}
        value={line.role}
        onChange={(role) => set({ role: (role ?? 'lead') as StandardRole })}
      />
      <Button aria-label={r.removeUnit(at)} onClick={remove}>
        ✕
      </Button>
    </div>
  )
}
