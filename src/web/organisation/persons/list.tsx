import { Button } from 'antd'
import { Link, Navigate } from 'react-router'
import { ageKinds, consentStands, memberRoles, numberStands } from '#modules/organisation/words.ts'
import { countPersons, exportPersons, listPersons, type Person } from '../../api/operations.ts'
import { queryIn } from '../../core/list-query.ts'
import { addressOf, type InputOf } from '../../core/operation.ts'
import { useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { paths } from '../../paths.ts'
import { Choice } from '../../ui/office/choice.tsx'
import { ClearFilters } from '../../ui/office/clear-filters.tsx'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Listing } from '../../ui/office/listing.tsx'
import { SearchBox } from '../../ui/office/search-box.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { type Both, useWords } from '../../words/index.ts'
import { TeamSelect, UnitSelect } from '../choose.tsx'
import { PeoplePage, usePeopleParts } from '../people-page.tsx'
import { useOrganisationWords } from '../words/index.ts'
import { NumberOf } from './number-of.tsx'

type Query = InputOf<typeof listPersons>['query']
const filters = ['search', 'unitId', 'teamId', 'role', 'age', 'number', 'consent'] as const
const names = [...filters, 'cursor', 'limit'] as const

/** Who belongs where? Whoever may not see people is led to the first part of the area that is theirs. */
export function Component() {
  const maySee = useStore(me)?.permissions.includes('persons.read') === true
  const [first] = usePeopleParts()
  return maySee ? <People /> : <Navigate replace to={first?.path ?? paths.events()} />
}

function People() {
  const { language } = useWords()
  const { persons: p, making } = useOrganisationWords()
  const enter = making.title
  const mayEnter = useStore(me)?.permissions.includes('persons.edit') === true
  const { search } = useFilters()
  const filter = queryIn<Query>(search, filters)
  const found = useAsk(listPersons, { query: queryIn<Query>(search, names) })
  // A request of its own, after the page: a count reads up to ten thousand rows.
  const total = useAsk(countPersons, { query: filter }, { skip: !found.isSuccess })
  const href = addressOf(exportPersons, { query: { ...filter, lang: language } })
  const count = (shown: number, more: boolean) =>
    total.data
      ? `${p.found(shown, more)} · ${p.total(total.data.count, total.data.more)}`
      : p.found(shown, more)
  return (
    <PeoplePage
      title={p.title}
      question={p.question}
      acts={
        <>
          <Button href={href} download>
            {p.export}
          </Button>
          {mayEnter && <LinkButton primary to={paths.newPerson()} text={enter} />}
        </>
      }
    >
      <PeopleFilters />
      <Listing
        found={found}
        filtered={filters.some((name) => search.get(name))}
        empty={{ all: p.empty, filtered: p.emptyFiltered }}
        count={count}
      >
        {(people, old) => <PeopleTable people={people} old={old} />}
      </Listing>
    </PeoplePage>
  )
}

function PeopleFilters() {
  const { say } = useWords()
  const { persons: p } = useOrganisationWords()
  const { search, set } = useFilters()
  const optionsOf = (texts: Readonly<Record<string, Both>>) =>
    Object.entries(texts).map(([value, text]) => ({ value, label: say(text) }))
  const choices = [
    { name: 'role', label: p.role, all: p.anyRole, texts: memberRoles },
    { name: 'age', label: p.age, all: p.anyAge, texts: ageKinds },
    { name: 'number', label: p.number, all: p.anyNumber, texts: numberStands },
    { name: 'consent', label: p.consent, all: p.anyConsent, texts: consentStands },
  ]
  return (
    <search className="filters">
      <SearchBox
        label={p.search}
        value={search.get('search') ?? ''}
        onSearch={(value) => set({ search: value })}
      />
      <span className="remote">
        <UnitSelect label={p.unit} value={search.get('unitId')} onChange={(unitId) => set({ unitId })} />
      </span>
      <span className="remote">
        <TeamSelect label={p.team} value={search.get('teamId')} onChange={(teamId) => set({ teamId })} />
      </span>
      {choices.map(({ name, label, all, texts }) => (
        <Choice
          key={name}
          label={label}
          all={all}
          options={optionsOf(texts)}
          value={search.get(name)}
          onChange={(value) => set({ [name]: value })}
        />
      ))}
      <ClearFilters />
    </search>
  )
}

function PeopleTable({ people, old }: { people: Person[]; old: boolean }) {
  const { say } = useWords()
  const { persons: p, person: one } = useOrganisationWords()
  const none = <span className="soft">—</span>
  const columns: Column<Person>[] = [
    {
      key: 'name',
      title: p.name,
      names: true,
      cell: ({ id, name, minor }) => (
        <span className="nowrap">
          <Link to={paths.person(id)}>
            <Given>{name}</Given>
          </Link>
          {minor && <small className="soft"> {one.minor}</small>}
        </span>
      ),
    },
    {
      key: 'unit',
      title: p.unit,
      cell: ({ memberships }) => {
        const units = new Map(
          memberships.flatMap(({ unit }) => (unit ? [[unit.id, unit.name] as const] : [])),
        )
        return units.size > 0 ? <Lines texts={[...units.values()]} /> : none
      },
    },
    {
      key: 'team',
      title: p.team,
      cell: ({ memberships }) =>
        memberships.length > 0 ? <Lines texts={memberships.map(({ team }) => team.name)} /> : none,
    },
    {
      key: 'role',
      title: p.role,
      cell: ({ memberships }) => (
        <ul>
          {memberships.map(({ id, role }) => (
            <li key={id}>{say(memberRoles[role])}</li>
          ))}
        </ul>
      ),
    },
    { key: 'number', title: p.number, cell: (person) => <NumberOf person={person} /> },
  ]
  return <DataTable caption={p.title} columns={columns} rows={people} keyOf={({ id }) => id} old={old} />
}

function Lines({ texts }: { texts: string[] }) {
  return (
    <ul>
      {texts.map((text) => (
        <li key={text}>
          <Given>{text}</Given>
        </li>
      ))}
    </ul>
  )
}
