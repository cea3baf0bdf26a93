import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { ageBands, memberRoles } from '#modules/organisation/words.ts'
import {
  countPersons,
  listDuplicates,
  listPersons,
  mergePersons,
  type Person,
  readPerson,
  undoMerge,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { queryIn } from '../../core/list-query.ts'
import type { AnswerOf, InputOf } from '../../core/operation.ts'
import { readAgain, useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { dayText } from '../../core/time.ts'
import { paths } from '../../paths.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Choice } from '../../ui/office/choice.tsx'
import { ClearFilters } from '../../ui/office/clear-filters.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { Listing } from '../../ui/office/listing.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { PeoplePage } from '../people-page.tsx'
import { useOrganisationWords } from '../words/index.ts'
import '../people.css'

type Query = InputOf<typeof listDuplicates>['query']
type Pair = AnswerOf<typeof listDuplicates>['items'][number]

/** Which records are really one person? */
export function Component() {
  const { duplicates: d } = useOrganisationWords()
  const { search, set } = useFilters()
  const found = useAsk(listDuplicates, { query: queryIn<Query>(search, ['because', 'cursor', 'limit']) })
  const grounds = (['contact', 'unit'] as const).map((value) => ({ value, label: d.grounds[value] }))
  return (
    <PeoplePage title={d.title} question={d.question}>
      <search className="filters">
        <Choice
          label={d.because}
          all={d.anyGround}
          options={grounds}
          value={search.get('because')}
          onChange={(because) => set({ because })}
        />
        <ClearFilters />
      </search>
      <Listing
        found={found}
        filtered={search.has('because')}
        empty={{ all: d.empty, filtered: d.emptyFiltered }}
        count={d.found}
      >
        {(pairs) => pairs.map((pair) => <PairOf key={pair.persons.map(({ id }) => id).join()} pair={pair} />)}
      </Listing>
    </PeoplePage>
  )
}

/** Two records side by side, with both grounds on which they seem to be one person; what differs is marked. */
function PairOf({ pair }: { pair: Pair }) {
  const { persons: p, person: one, duplicates: d } = useOrganisationWords()
  const [kept, setKept] = useState<number>()
  const show = useShown()
  const [first, second] = pair.persons
  if (!first || !second) return null
  const both = [first, second] as const
  const rows = [
    { label: d.belongs, of: show.belongs },
    { label: one.contacts, of: show.contacts },
    { label: one.identityNumber, of: show.identity },
    { label: p.age, of: show.age },
    { label: one.skills, of: show.skills },
    { label: d.created, of: show.created },
  ]
  return (
    <section className="pair" aria-label={d.pair(first.name)} translate="no">
      <h2>
        <Given>{first.name}</Given>{' '}
        <small className="soft">{pair.because.map((ground) => d.grounds[ground]).join(' · ')}</small>
      </h2>
      <table className="choices">
        <thead>
          <tr>
            <th scope="col">{d.field}</th>
            {both.map((person, at) => (
              <th scope="col" key={person.id}>
                <Link to={paths.person(person.id)}>{d.record(at + 1)}</Link>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, of }) => {
            const [left, right] = [of(first), of(second)]
            return (
              <tr key={label} className={left === right ? undefined : 'differs'}>
                <th scope="row">{label}</th>
                <td>
                  <Given>{left || '—'}</Given>
                </td>
                <td>
                  <Given>{right || '—'}</Given>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <div className="formfoot">
        {both.map(({ id }, at) => (
          <Button key={id} onClick={() => setKept(at)}>
            {d.keep(at + 1)}
          </Button>
        ))}
      </div>
      {kept !== undefined && (
        <Merge
          kept={both[kept === 0 ? 0 : 1]}
          merged={both[kept === 0 ? 1 : 0]}
          close={() => setKept(undefined)}
        />
      )}
    </section>
  )
}

/** What is compared of two records, as texts. */
function useShown() {
  const { say, language } = useWords()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const join = (texts: string[]) => texts.join(language === 'zh' ? '；' : '; ')
  return {
    belongs: ({ memberships }: Person) =>
      join(
        memberships.map(({ unit, team, role }) =>
          [unit?.name, team.name, say(memberRoles[role])].filter(Boolean).join(' '),
        ),
      ),
    contacts: ({ contacts }: Person) => join(contacts.map(({ masked }) => masked)),
    identity: ({ identityNumber }: Person) => identityNumber ?? '',
    age: ({ ageBand }: Person) => say(ageBands[ageBand]),
    skills: ({ skills }: Person) => join(skills),
    created: ({ createdAt }: Person) => dayText(createdAt, zone, language),
  }
}

/** A merge, and the way back from it. */
function Merge({ kept, merged, close }: { kept: Person; merged: Person; close: () => void }) {
  const { duplicates: d } = useOrganisationWords()
  const again = () => readAgain(listDuplicates, listPersons, countPersons, readPerson)
  return (
    <ActDialog
      title={d.mergeTitle}
      confirm={d.merge}
      ready
      close={close}
      act={async () => {
        const body = { keptId: kept.id, mergedId: merged.id }
        const { id } = await ask(mergePersons, { body })
        await again()
        return {
          text: d.merged(kept.name),
          undo: async () => {
            const { notRestored } = await ask(undoMerge, { params: { mergeId: id } })
            await again()
            return notRestored.length > 0 ? d.partly(notRestored.length) : d.unmerged
          },
        }
      }}
    >
      <p translate="no">{d.mergeLead(kept.name)}</p>
      <p className="note">{d.mergeUndo}</p>
    </ActDialog>
  )
}
