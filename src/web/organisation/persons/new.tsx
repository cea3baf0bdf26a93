import { Button, Input, Select } from 'antd'
import { Link, useSearchParams } from 'react-router'
import {
  type MemberRole,
  memberRoles,
  type Relation,
  relations,
  type Sex,
  sexes,
} from '#modules/organisation/words.ts'
import { countPersons, createPerson, listPersons, readTeam, type Team } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import type { InputOf } from '../../core/operation.ts'
import { readAgain, useAsk } from '../../core/query.ts'
import { isRefusal, type Refused } from '../../core/refused.ts'
import { paths } from '../../paths.ts'
import { Field } from '../../ui/office/field.tsx'
import { MakeForm, useMaking } from '../../ui/office/making.tsx'
import { Skeleton, Trouble } from '../../ui/office/page.tsx'
import { useWords } from '../../words/index.ts'
import { TeamSelect } from '../choose.tsx'
import { PeoplePage } from '../people-page.tsx'
import { useOrganisationWords } from '../words/index.ts'
import { bodyOf, fieldOf, type NewPerson, newPersonFields, problemsOf } from './new-fields.ts'
import '../people.css'

/** Somebody who is on no list yet. Everybody is known through a team or class. */
export function Component() {
  const { persons: p, making: m } = useOrganisationWords()
  const [search] = useSearchParams()
  const teamId = search.get('teamId')
  const team = useAsk(readTeam, { params: { teamId: teamId ?? '' } }, { skip: teamId === null })
  return (
    <PeoplePage
      narrow
      title={m.title}
      question={m.question}
      trail={<Link to={paths.people()}>{p.title}</Link>}
    >
      {team.isError && <Trouble error={team.error} again={() => void team.refetch()} />}
      {teamId !== null && team.isPending && <Skeleton lines={8} />}
      {(teamId === null || team.data) && <Form team={team.data} />}
    </PeoplePage>
  )
}

type Making = ReturnType<typeof useMaking<NewPerson>>

function Form({ team }: { team: Team | undefined }) {
  const { w } = useWords()
  const { making: m } = useOrganisationWords()
  const making = useMaking<NewPerson>({
    begun: newPersonFields(team),
    problemsOf: (fields) => problemsOf(fields, w),
    async make(fields, keyFor) {
      const body: InputOf<typeof createPerson>['body'] = bodyOf(fields)
      const person = await ask(createPerson, { body }, { key: keyFor(body) })
      await readAgain(listPersons, countPersons, readTeam)
      return { text: m.created(person.name), to: paths.person(person.id) }
    },
    fieldOf,
    inputOf: (field) => `new-${field}`,
  })
  return (
    <MakeForm
      making={making}
      create={m.create}
      from={team ? paths.team(team.id) : paths.people()}
      refused={isRefusal(making.error, 409, 'person.known') && <Known making={making} error={making.error} />}
    >
      <p className="soft">{m.lead}</p>
      <Fields making={making} />
    </MakeForm>
  )
}

/** Somebody like this is known: their records to look at, and the way to say that this is somebody else. */
function Known({ making, error }: { making: Making; error: Refused }) {
  const { making: m } = useOrganisationWords()
  const ids = error.problem.details?.personIds
  const known = Array.isArray(ids) ? ids.map(String) : []
  return (
    <>
      <ul>
        {known.map((id, at) => (
          <li key={id}>
            <Link to={paths.person(id)} target="_blank">
              {m.openKnown(at + 1)}
            </Link>
          </li>
        ))}
      </ul>
      <p>
        <Button
          loading={making.busy}
          onClick={() => void making.make({ ...making.fields, evenIfKnown: true })}
        >
          {m.evenIfKnown}
        </Button>
      </p>
    </>
  )
}

function Fields({ making: { fields, problems, set } }: { making: Making }) {
  const { say } = useWords()
  const { persons: p, person: one, making: m } = useOrganisationWords()
  const options = <K extends string>(texts: Readonly<Record<K, { zh: string; en: string }>>) =>
    (Object.keys(texts) as K[]).map((value) => ({ value, label: say(texts[value]) }))
  type Typed = 'name' | 'birthDate' | 'identityNumber' | 'residence' | 'phone' | 'ownerName' | 'skills'
  const text = (field: Typed, label: string, hint?: string) => (
    <Field
      optional={field !== 'name'}
      label={label}
      name={`new-${field}`}
      hint={hint}
      wrong={problems[field]}
    >
      <Input
        id={`new-${field}`}
        value={fields[field]}
        autoComplete="off"
        maxLength={field === 'residence' || field === 'skills' ? 200 : 60}
        onChange={(event) => set({ [field]: event.target.value })}
      />
    </Field>
  )
  return (
    <div className="fields">
      {text('name', p.name)}
      <Field optional label={one.sex} name="new-sex">
        <Select
          id="new-sex"
          allowClear
          options={options(sexes)}
          value={fields.sex}
          onChange={(sex: Sex | undefined) => set({ sex: sex ?? null })}
        />
      </Field>
      <Field label={p.team} name="new-teamId" hint={m.teamHint} wrong={problems.teamId}>
        <TeamSelect
          id="new-teamId"
          label={p.team}
          value={fields.teamId}
          onChange={(teamId) => set({ teamId })}
        />
      </Field>
      <Field label={p.role} name="new-role">
        <Select
          id="new-role"
          options={options(memberRoles)}
          value={fields.role}
          onChange={(role: MemberRole) =>
            set({ role, relation: role === 'pupil' ? 'guardian' : fields.relation })
          }
        />
      </Field>
      {text('phone', m.phone, m.phoneHint)}
      <Field label={one.relation} name="new-relation">
        <Select
          id="new-relation"
          options={options(relations)}
          value={fields.relation}
          onChange={(relation: Relation) => set({ relation })}
        />
      </Field>
      {fields.relation !== 'own' && text('ownerName', one.ownerName)}
      {text('birthDate', one.birthDate, one.birthDateHint)}
      {text('identityNumber', one.identityNumber)}
      {text('residence', one.residence)}
      {text('skills', one.skills, one.skillsHint)}
    </div>
  )
}
