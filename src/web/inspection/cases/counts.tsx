import { Link } from 'react-router'
import { taskStates } from '#modules/command/words.ts'
import { countCases } from '../../api/operations.ts'
import { queryIn, withFilter } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { useAsk } from '../../core/query.ts'
import { useFilters } from '../../ui/office/filters.ts'
import { caseFilters } from './filters.tsx'
import { useCaseWords } from './words/index.ts'

type Query = InputOf<typeof countCases>['query']

/** How many there are in each state, each the way to the list that it counts. What is nowhere is left out. */
export function CaseCounts() {
  const { r, say } = useCaseWords()
  const { search } = useFilters()
  const { data } = useAsk(countCases, { query: queryIn<Query>(search, caseFilters) })
  if (!data || data.all === 0) return null
  const nowhere = { waiting: null, state: null, overdue: null }
  const states = Object.entries(data.states) as [keyof typeof data.states, number][]
  const figures: { text: string; count: number; to: Record<string, string | null>; bad?: boolean }[] = [
    { text: r.all, count: data.all, to: nowhere },
    { text: r.waiting, count: data.waiting, to: { ...nowhere, waiting: 'true' } },
    ...states.map(([state, count]) => ({
      text: say(taskStates[state]),
      count,
      to: { ...nowhere, state },
    })),
    { text: r.overdue, count: data.overdue, to: { ...nowhere, overdue: 'true' }, bad: true },
  ]
  return (
    <nav className="panel figures" aria-label={r.counts}>
      {figures
        .filter(({ count }) => count > 0)
        .map(({ text, count, to, bad }) => (
          <Link key={text} to={{ search: withFilter(search, to).toString() }}>
            <strong className={bad ? 'bad' : undefined}>
              {data.more && text === r.all ? r.atLeast(count) : count}
            </strong>
            <span>{text}</span>
          </Link>
        ))}
    </nav>
  )
}
