import { Button, Input, Select } from 'antd'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { ageBands, type Sex, sexes } from '#modules/organisation/words.ts'
import { changePerson, type Person, readPerson } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { useAsk } from '../../core/query.ts'
import { isRefusal } from '../../core/refused.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { History } from '../../history/history.tsx'
import { paths } from '../../paths.ts'
import { EditForm } from '../../ui/office/edit-form.tsx'
import { type Editable, useEditing } from '../../ui/office/editing.ts'
import { Field } from '../../ui/office/field.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { Skeleton, Trouble } from '../../ui/office/page.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { PeoplePage } from '../people-page.tsx'
import { useOrganisationWords } from '../words/index.ts'
import { Consents } from './consents.tsx'
import { changeOf, fieldOf, fieldsOf, type PersonField, type PersonFields, problemsOf } from './fields.ts'
import { keepPerson } from './keep.ts'
import { Numbers } from './numbers.tsx'
import { OtherRecords, Places } from './places.tsx'
import { FileRequest } from './request.tsx'
import { Service } from './service.tsx'
import '../people.css'

/** Where does somebody belong, and can they be reached? */
export function Component() {
  const { personId = '' } = useParams()
  const { persons: p, person: one } = useOrganisationWords()
  const found = useAsk(readPerson, { params: { personId } })
  const person = found.data?.id === personId ? found.data : undefined
  const trail = <Link to={paths.people()}>{p.title}</Link>
  if (!person)
    return (
      <PeoplePage title={p.title} question="" trail={trail}>
        <div className="panel">
          {found.isError ? (
            <Trouble error={found.error} again={() => void found.refetch()} />
          ) : (
            <Skeleton lines={10} />
          )}
        </div>
      </PeoplePage>
    )
  return (
    <PeoplePage
      given
      key={person.id}
      title={person.name}
      question={one.question}
      trail={trail}
      acts={<Acts person={person} />}
    >
      {person.mergedIntoId && (
        <p className="note warn">
          {one.merged} <Link to={paths.person(person.mergedIntoId)}>{one.openKept}</Link>
        </p>
      )}
      <Body person={person} />
    </PeoplePage>
  )
}

const useMayEdit = (person: Person) =>
  useStore(me)?.permissions.includes('persons.edit') === true && person.mergedIntoId === null

function Acts({ person }: { person: Person }) {
  const { person: one } = useOrganisationWords()
  const { search, set } = useFilters()
  if (!useMayEdit(person)) return null
  return (
    <>
      <Button onClick={() => set({ act: 'request' })}>{one.request}</Button>
      {search.get('act') === 'request' && <FileRequest person={person} close={() => set({ act: null })} />}
    </>
  )
}

function Body({ person }: { person: Person }) {
  const { person: one, service } = useOrganisationWords()
  const mayEdit = useMayEdit(person)
  const seesService = useStore(me)?.permissions.includes('attendance.read') === true
  return (
    <div className="sheet">
      <div className="room">
        <Panel label={one.identity}>
          {mayEdit ? <Editor person={person} /> : <Reading person={person} />}
        </Panel>
        <Panel label={one.contacts}>
          <Numbers person={person} mayEdit={mayEdit} />
        </Panel>
        {person.minor && (
          <Panel label={one.consents}>
            <Consents person={person} mayEdit={mayEdit} />
          </Panel>
        )}
        {seesService && (
          <Panel label={service.title}>
            <Service person={person} />
          </Panel>
        )}
        <History subject={`person:${person.id}`} />
      </div>
      <Panel aside label={one.memberships}>
        <Places person={person} />
        <OtherRecords person={person} mayEdit={mayEdit} />
      </Panel>
    </div>
  )
}

function useLabels(): Record<PersonField, string> {
  const { persons: p, person: one } = useOrganisationWords()
  const { sex, birthDate, identityNumber, residence, serviceCategory, skills } = one
  return { name: p.name, sex, birthDate, identityNumber, residence, serviceCategory, skills }
}

function useShow(): (field: string, value: unknown) => ReactNode {
  const { w, say } = useWords()
  return (field, value) => {
    if (field === 'sex' && value) return say(sexes[value as Sex])
    return value ? <Given>{String(value)}</Given> : <span className="soft">{w.common.none}</span>
  }
}

function useEditable(): Editable<Person, PersonFields> {
  const { w } = useWords()
  return {
    fieldsOf,
    problemsOf: (fields) => problemsOf(fields, w),
    async read({ id }) {
      const person = await ask(readPerson, { params: { personId: id } })
      keepPerson(person)
      return person
    },
    async send({ id, version }, before, fields) {
      const body = changeOf(before, fields)
      const saved = await ask(changePerson, { params: { personId: id }, body }, { version })
      keepPerson(saved)
      return saved
    },
    fieldOf,
    inputOf: (field) => `person-${field}`,
  }
}

function Editor({ person }: { person: Person }) {
  const { say } = useWords()
  const { person: one } = useOrganisationWords()
  const labels = useLabels()
  const show = useShow()
  const editing = useEditing(person, useEditable())
  const { mine, problems, set } = editing
  const text = (field: PersonField, hint?: string, wide?: boolean) => (
    <Field
      optional={field !== 'name'}
      wide={wide === true}
      label={labels[field]}
      name={`person-${field}`}
      hint={hint}
      wrong={problems[field]}
    >
      <Input
        id={`person-${field}`}
        value={String(mine[field] ?? '')}
        autoComplete="off"
        maxLength={field === 'residence' || field === 'skills' ? 200 : 60}
        onChange={(event) => set({ [field]: event.target.value })}
      />
    </Field>
  )
  const sexOptions = (Object.keys(sexes) as Sex[]).map((value) => ({ value, label: say(sexes[value]) }))
  return (
    <>
      {person.minor && <p className="note">{one.minorHidden}</p>}
      {isRefusal(editing.error, 403, 'person.not_identifiable') && (
        <p className="note warn">{one.saveFails}</p>
      )}
      <EditForm editing={editing} label={(field) => labels[field as PersonField]} show={show}>
        <div className="fields">
          {text('name')}
          <Field optional label={labels.sex} name="person-sex">
            <Select
              id="person-sex"
              allowClear
              options={sexOptions}
              value={mine.sex}
              onChange={(sex: Sex | undefined) => set({ sex: sex ?? null })}
            />
          </Field>
          {text('birthDate', one.birthDateHint)}
          {text(
            'identityNumber',
            person.identityNumber ? `${person.identityNumber} ${one.identityKept}` : undefined,
          )}
          {text('residence', undefined, true)}
          {text('serviceCategory')}
          {text('skills', one.skillsHint)}
        </div>
      </EditForm>
      <Facts person={person} />
    </>
  )
}

/** What is known of somebody and is not edited. */
function Facts({ person }: { person: Person }) {
  const { say } = useWords()
  const { person: one } = useOrganisationWords()
  return (
    <p className="soft facts-line">
      {one.volunteerNumber} <span translate="no">{person.volunteerNumber}</span>
      {` · ${say(ageBands[person.ageBand])}`}
    </p>
  )
}

function Reading({ person }: { person: Person }) {
  const { person: one } = useOrganisationWords()
  const labels = useLabels()
  const show = useShow()
  const fields = { ...fieldsOf(person), identityNumber: person.identityNumber ?? '' }
  return (
    <div className="stack">
      <p className="note">{person.minor ? one.minorHidden : one.readOnly}</p>
      <dl className="reading">
        {(Object.keys(labels) as PersonField[]).map((field) => (
          <div key={field} style={{ display: 'contents' }}>
            <dt>{labels[field]}</dt>
            <dd>{show(field, fields[field])}</dd>
          </div>
        ))}
      </dl>
      <Facts person={person} />
    </div>
  )
}
