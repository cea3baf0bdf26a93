import { moveKinds } from '#modules/command/words.ts'
import type { WholeTask } from '../api/operations.ts'
import { momentText } from '../core/time.ts'
import { cityZone } from '../core/zone.ts'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useCityWords } from './words.ts'

type Move = WholeTask['moves'][number]

/** What happened to a task, the last first. */
export function MovesTable({ moves }: { moves: readonly Move[] }) {
  const { r, say, language } = useCityWords()
  const columns: Column<Move>[] = [
    {
      key: 'at',
      title: r.at,
      cell: ({ at }) => <span className="nowrap">{momentText(at, cityZone(), language)}</span>,
    },
    {
      key: 'what',
      title: r.what,
      names: true,
      cell: ({ kind, undone }) => `${say(moveKinds[kind])}${undone ? ` · ${r.undone}` : ''}`,
    },
    {
      key: 'by',
      title: r.by,
      cell: ({ byUnit, by }) => (byUnit ? <Given>{byUnit.name}</Given> : (by?.name ?? r.service)),
    },
    {
      key: 'due',
      title: r.due,
      cell: ({ dueAt }) => (dueAt ? momentText(dueAt, cityZone(), language) : ''),
    },
    { key: 'reason', title: r.reason, cell: ({ reason }) => reason && <Given>{reason}</Given> },
  ]
  return (
    <section className="panel table" aria-label={r.history}>
      <h2 className="padded">{r.history}</h2>
      <DataTable
        caption={r.history}
        columns={columns}
        rows={[...moves].reverse()}
        keyOf={({ sequence }) => String(sequence)}
      />
    </section>
  )
}
