import { Button } from 'antd'
import { Link, useParams } from 'react-router'
import { unitKinds } from '#modules/organisation/words.ts'
import { changeUnit, closeUnit, readUnit, reopenUnit, type Unit } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { History } from '../../history/history.tsx'
import { paths } from '../../paths.ts'
import { useDialog } from '../../ui/office/dialogs.ts'
import { EditForm } from '../../ui/office/edit-form.tsx'
import { type Editable, useEditing } from '../../ui/office/editing.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Arriving } from '../../ui/office/page.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { Closing } from '../closing.tsx'
import { PeoplePage } from '../people-page.tsx'
import { useOrganisationWords } from '../words/index.ts'
import { Aliases } from './aliases.tsx'
import { changeOf, fieldOf, fieldsOf, problemsOf, type UnitField, type UnitFields } from './fields.ts'
import { UnitForm, useShowUnitField, useUnitLabels } from './form.tsx'
import { keepUnit } from './keep.ts'
import { Officers, TeamsOf, UnitsBelow } from './parts.tsx'
import '../people.css'

/** What is this unit, who speaks for it, and what belongs to it? */
export function Component() {
  const { unitId = '' } = useParams()
  const { units: u } = useOrganisationWords()
  const found = useAsk(readUnit, { params: { unitId } })
  const unit = found.data?.id === unitId ? found.data : undefined
  return (
    <PeoplePage
      key={unitId}
      title={unit?.name ?? u.unit}
      given={unit !== undefined}
      question={u.unitQuestion}
      trail={<Trail unit={unit} />}
      acts={unit && <Acts unit={unit} />}
    >
      {unit ? <Body key={unit.id} unit={unit} /> : <Arriving found={found} />}
    </PeoplePage>
  )
}

/** The way up: to all units, and to the one this reports to. */
function Trail({ unit }: { unit: Unit | undefined }) {
  const { units: u } = useOrganisationWords()
  return (
    <>
      <Link to={paths.units()}>{u.title}</Link>
      {unit?.parent && (
        <>
          {' › '}
          <Link to={paths.unit(unit.parent.id)}>
            <Given>{unit.parent.name}</Given>
          </Link>
        </>
      )}
    </>
  )
}

const useMay = (permission: string) => useStore(me)?.permissions.includes(permission) === true

function Acts({ unit }: { unit: Unit }) {
  const { units: u, closing: c } = useOrganisationWords()
  const dialog = useDialog(['closure'])
  const mayEdit = useMay('units.edit')
  const mayTeams = useMay('teams.edit')
  const closed = unit.closedAt !== null
  const become = async (close: boolean, version = unit.version) => {
    const saved = await ask(close ? closeUnit : reopenUnit, { params: { unitId: unit.id } }, { version })
    keepUnit(saved)
    return saved.version
  }
  return (
    <>
      {mayEdit && (
        <Button danger={!closed} onClick={() => dialog.open('closure')}>
          {closed ? c.reopen : c.close}
        </Button>
      )}
      {mayEdit && !closed && <LinkButton to={`${paths.newUnit()}?parentId=${unit.id}`} text={u.newBelow} />}
      {mayTeams && !closed && (
        <LinkButton primary to={`${paths.newTeam()}?unitId=${unit.id}`} text={u.newTeam} />
      )}
      {dialog.act === 'closure' && mayEdit && (
        <Closing name={unit.name} close={!closed} become={become} done={dialog.close} />
      )}
    </>
  )
}

function Body({ unit }: { unit: Unit }) {
  const { units: u } = useOrganisationWords()
  const mayEdit = useMay('units.edit')
  return (
    <div className="sheet">
      <div className="column">
        {unit.closedAt && <p className="note warn">{u.isClosed}</p>}
        <Panel label={u.facts}>
          {mayEdit && !unit.closedAt ? <Editor unit={unit} /> : <Reading unit={unit} />}
        </Panel>
        <Panel label={u.teams}>
          <TeamsOf unit={unit} />
        </Panel>
        {unit.openUnits > 0 && (
          <Panel label={u.below}>
            <UnitsBelow unit={unit} />
          </Panel>
        )}
        <History subject={`unit:${unit.id}`} />
      </div>
      <Panel aside label={u.officers}>
        <Officers unit={unit} />
        <Aliases unit={unit} mayEdit={mayEdit} />
      </Panel>
    </div>
  )
}

function useEditable(): Editable<Unit, UnitFields> {
  const { w } = useWords()
  return {
    fieldsOf,
    problemsOf: (fields) => problemsOf(fields, w),
    async read({ id }) {
      const unit = await ask(readUnit, { params: { unitId: id } })
      keepUnit(unit)
      return unit
    },
    async send({ id, version }, before, fields) {
      const body = changeOf(before, fields)
      const saved = await ask(changeUnit, { params: { unitId: id }, body }, { version })
      keepUnit(saved)
      return saved
    },
    fieldOf,
    inputOf: (field) => `unit-${field}`,
  }
}

function Editor({ unit }: { unit: Unit }) {
  const labels = useUnitLabels()
  const show = useShowUnitField()
  const editing = useEditing(unit, useEditable())
  const { mine, problems, set } = editing
  return (
    <EditForm editing={editing} label={(field) => labels[field as UnitField]} show={show}>
      <UnitForm fields={mine} problems={problems} set={set} />
    </EditForm>
  )
}

function Reading({ unit }: { unit: Unit }) {
  const { say } = useWords()
  const { units: u } = useOrganisationWords()
  const labels = useUnitLabels()
  const show = useShowUnitField()
  const fields = fieldsOf(unit)
  return (
    <div className="stack">
      {!unit.closedAt && <p className="note">{u.readOnly}</p>}
      <dl className="reading">
        <dt>{labels.kind}</dt>
        <dd>{say(unitKinds[unit.kind])}</dd>
        {(['districtCode', 'parent', 'system', 'honourTitle', 'staffCount'] as const).map((field) => (
          <div key={field} style={{ display: 'contents' }}>
            <dt>{labels[field]}</dt>
            <dd>{show(field, fields[field])}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
