import { Button } from 'antd'
import { useState } from 'react'
import { type StandardRole, standardRoles } from '#modules/inspection/words.ts'
import { assignStandard, listStandards, listUnits, type Standard } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain } from '../../core/query.ts'
import { useDistricts } from '../../grid/districts.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Choice } from '../../ui/office/choice.tsx'
import { type Named, RemoteSelect } from '../../ui/office/remote-select.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { Code } from '../code.tsx'
import { optionsOf } from '../options.ts'
import { useSchemeWords } from '../words/index.ts'

interface Line {
  key: number
  districtCode: string | null
  unit: Named | null
  role: StandardRole
}

/** Says who leads and supports a standard, in the whole city and in each district; the list is sent as a whole. */
export function AssignStandard({ standard, close }: { standard: Standard; close: () => void }) {
  const { r } = useSchemeWords()
  const [lines, setLines] = useState<Line[]>(() =>
    standard.units.map(({ districtCode, unit, role }, key) => ({ key, districtCode, unit, role })),
  )
  const [next, setNext] = useState(lines.length)
  const add = () => {
    const role: StandardRole = lines.some((line) => line.role === 'lead') ? 'support' : 'lead'
    setLines([...lines, { key: next, districtCode: null, unit: null, role }])
    setNext(next + 1)
  }
  const set = (key: number, change: Partial<Line>) =>
    setLines(lines.map((line) => (line.key === key ? { ...line, ...change } : line)))
  return (
    <ActDialog
      title={r.assignTitle}
      confirm={r.save}
      ready={lines.every(({ unit }) => unit !== null)}
      close={close}
      act={async () => {
        const { id: standardId, version } = standard
        const units = lines.map(({ districtCode, unit, role }) => ({ districtCode, unitId: unit!.id, role }))
        await ask(assignStandard, { params: { standardId }, body: { units } }, { version })
        await readAgain(listStandards)
        return { text: r.assigned }
      }}
    >
      <p>
        <Code>{standard.code}</Code> <Given>{standard.text}</Given>
      </p>
      <p className="soft">{r.assignLead}</p>
      <div className="lines">
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
      <Button onClick={add}>{r.addUnit}</Button>
    </ActDialog>
  )
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
