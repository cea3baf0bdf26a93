import { Input } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { type BookKind, type BookState, bookKinds, bookStates } from '#modules/command/words.ts'
import { type Book, createBook, listBooks, listUnits } from '../api/operations.ts'
import { ask, newKey } from '../core/ask.ts'
import { keptKeys } from '../core/draft.ts'
import { queryIn } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { readAgain, useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { TemplateButton } from '../imports/template-button.tsx'
import { paths } from '../paths.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { Choice } from '../ui/office/choice.tsx'
import { ClearFilters } from '../ui/office/clear-filters.tsx'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { useDialog } from '../ui/office/dialogs.ts'
import { Field } from '../ui/office/field.tsx'
import { useFilters } from '../ui/office/filters.ts'
import { LinkButton } from '../ui/office/link-button.tsx'
import { Listing } from '../ui/office/listing.tsx'
import { type Named, RemoteSelect } from '../ui/office/remote-select.tsx'
import { SearchBox } from '../ui/office/search-box.tsx'
import { Given } from '../ui/plain/given.tsx'
import { FunnelBar } from './funnel.tsx'
import { OpenDialog } from './open-dialog.tsx'
import { CityPage } from './page.tsx'
import { useCityWords } from './words.ts'

type Query = InputOf<typeof listBooks>['query']
const filters = ['kind', 'state', 'campaignId', 'search'] as const

/** What was issued, and how far is it? */
export function Component() {
  const { r, say } = useCityWords()
  const { search, set } = useFilters()
  const { act, open, close } = useDialog(['new'])
  const permissions = useStore(me)?.permissions ?? []
  const mayEdit = permissions.includes('books.edit')
  const mayImport = permissions.includes('imports.run')
  const found = useAsk(listBooks, { query: queryIn<Query>(search, [...filters, 'cursor', 'limit']) })
  const optionsOf = <K extends string>(words: Record<K, { zh: string; en: string }>) =>
    (Object.keys(words) as K[]).map((value) => ({ value, label: say(words[value]) }))
  return (
    <CityPage
      title={r.books}
      question={r.booksQuestion}
      acts={
        mayEdit && (
          <>
            {mayImport && <TemplateButton kind="tasks" text={r.template} />}
            {mayImport && <LinkButton to={paths.newImport()} text={r.import} />}
            <OpenDialog primary text={r.newBook} open={() => open('new')} />
          </>
        )
      }
    >
      <search className="filters">
        <SearchBox
          label={r.search}
          value={search.get('search') ?? ''}
          onSearch={(text) => set({ search: text || null })}
        />
        <Choice
          label={r.kind}
          all={r.anyKind}
          options={optionsOf<BookKind>(bookKinds)}
          value={search.get('kind')}
          onChange={(kind) => set({ kind })}
        />
        <Choice
          label={r.state}
          all={r.anyState}
          options={optionsOf<BookState>(bookStates)}
          value={search.get('state')}
          onChange={(state) => set({ state })}
        />
        <ClearFilters />
      </search>
      <Listing
        found={found}
        filtered={filters.some((name) => search.get(name))}
        empty={{ all: r.emptyBooks, filtered: r.emptyFiltered }}
        count={r.found}
      >
        {(books, old) => <BookTable books={books} old={old} />}
      </Listing>
      {act === 'new' && <NewBook close={close} />}
    </CityPage>
  )
}

function BookTable({ books, old }: { books: Book[]; old: boolean }) {
  const { r, say } = useCityWords()
  const columns: Column<Book>[] = [
    {
      key: 'title',
      title: r.title,
      names: true,
      cell: ({ id, title, documentNumber }) => (
        <>
          <Link to={paths.book(id)}>
            <Given>{title}</Given>
          </Link>
          {documentNumber && (
            <div className="soft">
              <Given>{documentNumber}</Given>
            </div>
          )}
        </>
      ),
    },
    { key: 'kind', title: r.kind, cell: ({ kind }) => say(bookKinds[kind]) },
    { key: 'issuer', title: r.issuer, cell: ({ issuer }) => <Given>{issuer.name}</Given> },
    {
      key: 'group',
      title: r.group,
      cell: ({ body }) => (body ? <Given>{body.name}</Given> : <span className="soft">{r.nobody}</span>),
    },
    { key: 'state', title: r.state, cell: ({ state }) => say(bookStates[state]) },
    { key: 'progress', title: r.progress, cell: ({ funnel }) => <FunnelBar funnel={funnel} /> },
  ]
  return <DataTable caption={r.books} columns={columns} rows={books} keyOf={({ id }) => id} old={old} />
}

function NewBook({ close }: { close: () => void }) {
  const { r, say } = useCityWords()
  const navigate = useNavigate()
  const [title, setTitle] = useState('')
  const [keyFor] = useState(() => keptKeys(newKey))
  const [kind, setKind] = useState<string | null>('task_book')
  const [issuer, setIssuer] = useState<Named | null>(null)
  const kinds = (Object.keys(bookKinds) as BookKind[]).map((value) => ({
    value,
    label: say(bookKinds[value]),
  }))
  return (
    <ActDialog
      title={r.newBook}
      confirm={r.create}
      first="book-title"
      ready={title.trim() !== '' && kind !== null && issuer !== null}
      close={close}
      act={async () => {
        const body = { kind: kind as BookKind, title: title.trim(), issuerUnitId: issuer!.id }
        const { id } = await ask(createBook, { body }, { key: keyFor(body) })
        await readAgain(listBooks)
        setTimeout(() => void navigate(paths.book(id)))
        return { text: r.created(body.title) }
      }}
    >
      <Field label={r.title} name="book-title">
        <Input
          id="book-title"
          maxLength={100}
          value={title}
          onChange={({ target }) => setTitle(target.value)}
        />
      </Field>
      <Field label={r.kind} name="book-kind">
        <Choice id="book-kind" label={r.kind} all={r.kind} options={kinds} value={kind} onChange={setKind} />
      </Field>
      <Field label={r.issuer} name="book-issuer">
        <RemoteSelect id="book-issuer" value={issuer} find={listUnits} onChange={setIssuer} />
      </Field>
    </ActDialog>
  )
}
