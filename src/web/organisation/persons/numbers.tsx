import { Button, Dropdown, Input, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { type ContactKind, contactKinds, type Relation, relations } from '#modules/organisation/words.ts'
import {
  addContact,
  markContact,
  type Person,
  type Revelation,
  removeContact,
  revealPerson,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { paths } from '../../paths.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { Field } from '../../ui/office/field.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { Trouble } from '../../ui/office/page.tsx'
import { tellDone } from '../../ui/office/undo-bar.tsx'
import { useWords } from '../../words/index.ts'
import { useOrganisationWords } from '../words/index.ts'
import { keepPerson, personChanged } from './keep.ts'

type Contact = Person['contacts'][number]

/** The numbers of somebody with their state, masked; in full only after a look that is recorded. */
export function Numbers({ person, mayEdit }: { person: Person; mayEdit: boolean }) {
  const { say } = useWords()
  const { person: one } = useOrganisationWords()
  const { search, set } = useFilters()
  const [full, setFull] = useState<Revelation>()
  const [error, setError] = useState<unknown>()
  const mayReveal = useStore(me)?.permissions.includes('persons.reveal') === true
  const clear = new Map(full?.contacts.map(({ id, value }) => [id, value]))
  const close = () => set({ act: null })
  const columns: Column<Contact>[] = [
    {
      key: 'value',
      title: one.value,
      names: true,
      cell: ({ id, masked }) => (
        <span translate="no" className="nowrap">
          {clear.get(id) ?? masked}
        </span>
      ),
    },
    { key: 'kind', title: one.kind, cell: ({ kind }) => say(contactKinds[kind]) },
    {
      key: 'relation',
      title: one.relation,
      cell: ({ relation, ownerName }) => (
        <>
          {say(relations[relation])}
          {ownerName && (
            <span className="soft" translate="no">
              {' '}
              {one.ofOwner(ownerName)}
            </span>
          )}
        </>
      ),
    },
    { key: 'state', title: one.state, cell: (contact) => <State contact={contact} /> },
  ]
  const acting: Column<Contact> = {
    key: 'act',
    title: one.act,
    cell: (contact) => <ContactActs person={person} contact={contact} failed={setError} />,
  }
  return (
    <>
      <div className="filters">
        <h2>{one.contacts}</h2>
        <span className="push acts-here">
          {mayReveal && !full && person.contacts.length > 0 && (
            <Button onClick={() => set({ act: 'reveal' })}>{one.reveal}</Button>
          )}
          {mayEdit && <Button onClick={() => set({ act: 'contact' })}>{one.add}</Button>}
        </span>
      </div>
      {error !== undefined && <Trouble error={error} />}
      {person.contacts.length === 0 ? (
        <p className="soft">{one.noContacts}</p>
      ) : (
        <DataTable
          caption={one.contacts}
          columns={mayEdit ? [...columns, acting] : columns}
          rows={person.contacts}
          keyOf={({ id }) => id}
        />
      )}
      {search.get('act') === 'reveal' && mayReveal && (
        <Reveal person={person} shown={setFull} close={close} />
      )}
      {search.get('act') === 'contact' && mayEdit && <Add person={person} close={close} />}
    </>
  )
}

function State({ contact: { invalidAt, optedOutAt, shared } }: { contact: Contact }) {
  const { person: one } = useOrganisationWords()
  return (
    <>
      {invalidAt && <span className="bad">✕ {one.wrong}</span>}
      {optedOutAt && <span className="warn">– {one.optedOut}</span>}
      {!invalidAt && !optedOutAt && <span className="good">✓ {one.works}</span>}
      {shared > 1 && <span className="soft"> {one.shared(shared)}</span>}
    </>
  )
}

interface ActsProps {
  person: Person
  contact: Contact
  failed: (error: unknown) => void
}

function ContactActs({ person, contact, failed }: ActsProps) {
  const { person: one } = useOrganisationWords()
  const contactId = contact.id
  const mark = async (invalid: boolean): Promise<string> => {
    await ask(markContact, { params: { contactId }, body: { invalid } })
    await personChanged()
    return invalid ? one.marked : one.unmarked
  }
  const trying = async (work: () => Promise<void>) => {
    failed(undefined)
    await work().catch(failed)
  }
  const wrong = contact.invalidAt !== null
  const items = [
    {
      key: 'mark',
      label: wrong ? one.markRight : one.markWrong,
      onClick: () => void trying(async () => tellDone({ text: await mark(!wrong), undo: () => mark(wrong) })),
    },
    {
      key: 'remove',
      label: one.remove,
      danger: true,
      onClick: () =>
        void trying(async () => {
          await ask(removeContact, { params: { personId: person.id, contactId } })
          await personChanged()
          tellDone({ text: one.removed })
        }),
    },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <span translate="no">
        <Button size="small" aria-haspopup="menu" aria-label={one.actsOf(contact.masked)}>
          <span aria-hidden="true">…</span>
        </Button>
      </span>
    </Dropdown>
  )
}

/** Says before what a look means; of a minor the service asks for a second person's approval first. */
function Reveal({
  person,
  shown,
  close,
}: {
  person: Person
  shown: (full: Revelation) => void
  close: () => void
}) {
  const { person: one } = useOrganisationWords()
  return (
    <ActDialog
      title={one.revealTitle}
      confirm={one.revealAct}
      ready
      close={close}
      act={async () => {
        shown(await ask(revealPerson, { params: { personId: person.id } }))
        return { text: one.revealed }
      }}
    >
      <p>{one.revealLead}</p>
      {person.minor && (
        <p className="note warn">
          {one.revealMinor} <Link to={paths.access()}>{one.askAccess}</Link>
        </p>
      )}
    </ActDialog>
  )
}

function Add({ person, close }: { person: Person; close: () => void }) {
  const { say } = useWords()
  const { person: one } = useOrganisationWords()
  const [kind, setKind] = useState<ContactKind>('phone')
  const [value, setValue] = useState('')
  const [relation, setRelation] = useState<Relation>(person.minor ? 'guardian' : 'own')
  const [ownerName, setOwnerName] = useState('')
  const kinds = (Object.keys(contactKinds) as ContactKind[]).map((each) => ({
    value: each,
    label: say(contactKinds[each]),
  }))
  const whose = (Object.keys(relations) as Relation[]).map((each) => ({
    value: each,
    label: say(relations[each]),
  }))
  return (
    <ActDialog
      first="contact-value"
      title={one.addTitle}
      confirm={one.add}
      ready={value.trim().length >= 3}
      close={close}
      act={async () => {
        const body = { kind, value: value.trim(), relation, ownerName: ownerName.trim() || null }
        keepPerson(await ask(addContact, { params: { personId: person.id }, body }))
        return { text: one.added }
      }}
    >
      <div className="fields">
        <Field label={one.kind} name="contact-kind">
          <Select id="contact-kind" options={kinds} value={kind} onChange={setKind} />
        </Field>
        <Field label={one.value} name="contact-value">
          <Input
            id="contact-value"
            value={value}
            maxLength={254}
            autoComplete="off"
            onChange={(event) => setValue(event.target.value)}
          />
        </Field>
        <Field label={one.relation} name="contact-relation">
          <Select id="contact-relation" options={whose} value={relation} onChange={setRelation} />
        </Field>
        <Field optional label={one.ownerName} name="contact-owner">
          <Input
            id="contact-owner"
            value={ownerName}
            maxLength={60}
            autoComplete="off"
            onChange={(event) => setOwnerName(event.target.value)}
          />
        </Field>
      </div>
    </ActDialog>
  )
}
