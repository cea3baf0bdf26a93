import { Button } from 'antd'
import { useState } from 'react'
import { type BookKind, bookKinds, divisions } from '#modules/command/words.ts'
import { type Book, freezeBookFigures, readBook } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { readAgain } from '../core/query.ts'
import { momentText } from '../core/time.ts'
import { cityZone } from '../core/zone.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { Choice } from '../ui/office/choice.tsx'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { Field } from '../ui/office/field.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useCityWords } from './words.ts'

type Figures = NonNullable<Book['figures']>
type Row = Figures['groups'][number]
type Division = keyof typeof divisions

/** A rate with what it is made of; “—” where nothing is counted. */
const rate = (part: number, whole: number) =>
  whole === 0 ? '—' : `${((part / whole) * 100).toFixed(2)}% (${part}/${whole})`

/** The figures that a notice tells, and the way to put them in before it is issued. */
export function NoticeFigures({ book, freeze }: { book: Book; freeze: () => void }) {
  const { r, language } = useCityWords()
  const { figures } = book
  const open = book.state === 'draft' && book.allowed.edit
  return (
    <section className="panel table" aria-label={r.figures}>
      <h2 className="padded">{r.figures}</h2>
      <p className="padded soft">
        {figures ? r.figuresAsOf(momentText(figures.at, cityZone(), language)) : r.noFigures}{' '}
        {open && <Button onClick={freeze}>{r.freeze}</Button>}
      </p>
      {figures && <FiguresTable figures={figures} />}
      {figures && figures.total.open > 0 && figures.total.suspended * 10 > figures.total.open && (
        <p className="padded bad">! {r.suspendsTooMuch}</p>
      )}
    </section>
  )
}

function FiguresTable({ figures }: { figures: Figures }) {
  const { r, say } = useCityWords()
  const columns: Column<Row>[] = [
    {
      key: 'name',
      title: say(divisions[figures.by]),
      names: true,
      cell: ({ id, name }) => (id === 'total' ? name : name ? <Given>{name}</Given> : r.noName),
    },
    ...(['issued', 'closed', 'overdue', 'suspended', 'cancelled'] as const).map((key) => ({
      key,
      title: r.figure[key],
      number: true,
      cell: (row: Row) => row[key],
    })),
    {
      key: 'closedRate',
      title: r.figure.closedRate,
      number: true,
      cell: (f) => rate(f.closedDated, f.dated),
    },
    { key: 'dueRate', title: r.figure.dueRate, number: true, cell: (f) => rate(f.closedDue, f.due) },
    {
      key: 'onTimeRate',
      title: r.figure.onTimeRate,
      number: true,
      cell: (f) => rate(f.onTime, f.dueNotSuspended),
    },
  ]
  const total = { id: 'total', name: r.figure.total, ...figures.total }
  return (
    <DataTable
      caption={r.figures}
      columns={columns}
      rows={[...figures.groups, total]}
      keyOf={({ id }) => id}
    />
  )
}

/** Puts the figures of now into a notice. */
export function FreezeFigures({ book, close }: { book: Book; close: () => void }) {
  const { r, say } = useCityWords()
  const [by, setBy] = useState<string | null>('unit')
  const [kind, setKind] = useState<string | null>(null)
  const optionsOf = <K extends string>(words: Record<K, { zh: string; en: string }>) =>
    (Object.keys(words) as K[]).map((value) => ({ value, label: say(words[value]) }))
  return (
    <ActDialog
      title={r.freeze}
      confirm={r.freeze}
      ready={by !== null}
      close={close}
      again={() => readAgain(readBook)}
      act={async () => {
        const body = { by: by as Division, ...(kind ? { bookKind: kind as BookKind } : {}) }
        await ask(freezeBookFigures, { params: { bookId: book.id }, body }, { version: book.version })
        await readAgain(readBook)
        return { text: r.frozen }
      }}
    >
      <p>{r.freezeLead}</p>
      <Field label={r.divided} name="freeze-by">
        <Choice
          id="freeze-by"
          label={r.divided}
          all={r.divided}
          options={optionsOf(divisions)}
          value={by}
          onChange={setBy}
        />
      </Field>
      <Field label={r.of} name="freeze-of" optional>
        <Choice
          id="freeze-of"
          label={r.of}
          all={r.anyBook}
          options={optionsOf(bookKinds)}
          value={kind}
          onChange={setKind}
        />
      </Field>
    </ActDialog>
  )
}
