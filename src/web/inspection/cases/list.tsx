import { useState } from 'react'
import { listCases } from '../../api/operations.ts'
import { queryIn } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { readAll, useAsk } from '../../core/query.ts'
import { useFilters } from '../../ui/office/filters.ts'
import { Listing } from '../../ui/office/listing.tsx'
import { TakeList } from '../../ui/office/take-list.tsx'
import { InspectionPage, useMay } from '../page.tsx'
import { CaseCounts } from './counts.tsx'
import { CaseFilters, caseFilters, caseStandings } from './filters.tsx'
import { ManyCases } from './many.tsx'
import { CaseTable, useCaseColumns } from './table.tsx'
import { useCaseWords } from './words/index.ts'

type Query = InputOf<typeof listCases>['query']
const narrowing = [...caseFilters, ...caseStandings] as const

/** What is not put right yet, and where does it hang? */
export function Component() {
  const { r } = useCaseWords()
  const { search } = useFilters()
  const columns = useCaseColumns()
  const mayRun = useMay('rounds.run')
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const found = useAsk(listCases, { query: queryIn<Query>(search, [...narrowing, 'cursor', 'limit']) })
  const select = (id: string, ticked: boolean) => {
    const next = new Set(selected)
    if (ticked) next.add(id)
    else next.delete(id)
    setSelected(next)
  }
  // What waits is decided on together; everything else is looked at one by one.
  const together = mayRun && search.get('waiting') === 'true'
  const chosen = (found.data?.items ?? []).filter(({ id }) => selected.has(id))
  return (
    <InspectionPage title={r.title} question={r.question}>
      <CaseCounts />
      <CaseFilters
        take={
          found.data &&
          found.data.items.length > 0 && (
            <TakeList
              name={r.title}
              rows={() => readAll(listCases, { query: queryIn<Query>(search, narrowing) })}
              columns={() => columns}
            />
          )
        }
      />
      {together && <ManyCases cases={chosen} none={() => setSelected(new Set())} />}
      <Listing
        found={found}
        filtered={narrowing.some((name) => search.get(name))}
        empty={{ all: r.empty, filtered: r.emptyFiltered }}
        count={r.count}
      >
        {(cases, old) => (
          <CaseTable cases={cases} old={old} selection={together ? { selected, select } : undefined} />
        )}
      </Listing>
    </InspectionPage>
  )
}
