import { Link } from 'react-router'
import { countPersons, type Team } from '../../api/operations.ts'
import type { InputOf } from '../../core/operation.ts'
import { useAsk } from '../../core/query.ts'
import { paths } from '../../paths.ts'
import { Trouble } from '../../ui/office/page.tsx'
import { useOrganisationWords } from '../words/index.ts'

type Filter = InputOf<typeof countPersons>['query']

/** How many pupils and teachers a class has, whose guardians can be reached, and what they said. Each number leads to its list. */
export function ClassFigures({ team }: { team: Team }) {
  const { teams: t } = useOrganisationWords()
  const pupils = { teamId: team.id, role: 'pupil' } as const
  const figures: { text: string; filter: Filter; wanting?: boolean }[] = [
    { text: t.pupils, filter: pupils },
    { text: t.teachers, filter: { teamId: team.id, role: 'teacher' } },
    { text: t.withoutNumber, filter: { ...pupils, number: 'missing' }, wanting: true },
    { text: t.wrongNumber, filter: { ...pupils, number: 'invalid' }, wanting: true },
    { text: t.consenting, filter: { ...pupils, consent: 'yes' } },
    { text: t.refusing, filter: { ...pupils, consent: 'no' } },
    { text: t.unsaid, filter: { ...pupils, consent: 'none' }, wanting: true },
  ]
  return (
    <>
      <h2>{t.inClass}</h2>
      <dl className="facts">
        {figures.map((figure) => (
          <Figure key={figure.text} {...figure} />
        ))}
      </dl>
    </>
  )
}

function Figure({ text, filter, wanting }: { text: string; filter: Filter; wanting?: boolean }) {
  const found = useAsk(countPersons, { query: filter })
  const count = found.data?.count
  return (
    <div>
      <dt>{text}</dt>
      <dd>
        {found.isError && <Trouble error={found.error} />}
        {count !== undefined && (
          <Link
            className={wanting && count > 0 ? 'warn' : undefined}
            to={{
              pathname: paths.people(),
              search: new URLSearchParams(filter as Record<string, string>).toString(),
            }}
          >
            {count}
          </Link>
        )}
      </dd>
    </div>
  )
}
