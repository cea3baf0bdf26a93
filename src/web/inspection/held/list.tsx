import { Link } from 'react-router'
import { type HeldUpload, listHeldUploads } from '../../api/operations.ts'
import { queryIn } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { useAsk } from '../../core/query.ts'
import { momentText } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { Listing } from '../../ui/office/listing.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { InspectionPage } from '../page.tsx'
import { useHeldWords } from './words/index.ts'

type Query = InputOf<typeof listHeldUploads>['query']

/** What did phones send that is no visit, and waits for somebody? The oldest first. */
export function Component() {
  const { r } = useHeldWords()
  const { search } = useFilters()
  const found = useAsk(listHeldUploads, { query: queryIn<Query>(search, ['cursor', 'limit']) })
  return (
    <InspectionPage title={r.title} question={r.question}>
      <Listing found={found} filtered={false} empty={{ all: r.empty, filtered: r.empty }} count={r.count}>
        {(uploads, old) => <HeldTable uploads={uploads} old={old} />}
      </Listing>
    </InspectionPage>
  )
}

function HeldTable({ uploads, old }: { uploads: HeldUpload[]; old: boolean }) {
  const { r, language } = useHeldWords()
  const columns: Column<HeldUpload>[] = [
    {
      key: 'sentBy',
      title: r.sentBy,
      names: true,
      cell: ({ id, user }) => (
        <Link to={paths.heldUpload(id)}>
          <Given>{user.name}</Given>
        </Link>
      ),
    },
    {
      key: 'at',
      title: r.at,
      cell: ({ receivedAt }) => (
        <span className="nowrap">{momentText(receivedAt, cityZone(), language)}</span>
      ),
    },
    {
      key: 'place',
      title: r.place,
      cell: ({ place }) =>
        place ? (
          <>
            {place.point && <Given>{place.point.name}</Given>}
            <span className={place.point ? 'line soft' : undefined}>
              <Given>{place.zone.name}</Given>
            </span>
          </>
        ) : (
          <span className="soft">{r.unknownPlace}</span>
        ),
    },
    { key: 'entries', title: r.entries, number: true, cell: ({ observations }) => observations },
    {
      key: 'reason',
      title: r.reason,
      cell: (upload) => <Reasons of={upload} />,
    },
  ]
  return <DataTable caption={r.title} columns={columns} rows={uploads} keyOf={({ id }) => id} old={old} />
}

/** Why it is held: as a whole, or how many entries and the first of their reasons. */
function Reasons({ of: { remarks, visitId } }: { of: HeldUpload }) {
  const { r } = useHeldWords()
  const lost = remarks.filter(({ kept }) => !kept)
  const texts = [...new Set(lost.map(({ text }) => text))]
  return (
    <>
      {visitId ? r.partly(lost.length) : r.wholly}
      {texts.map((text) => (
        <span key={text} className="line soft">
          {text}
        </span>
      ))}
    </>
  )
}
