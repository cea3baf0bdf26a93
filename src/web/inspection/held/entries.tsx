import { observationAnswers } from '#modules/inspection/words.ts'
import type { WholeHeldUpload } from '../../api/operations.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { PictureList } from '../picture-list.tsx'
import { useHeldWords } from './words/index.ts'

type Entry = WholeHeldUpload['entries'][number]

/** What was sent, entry by entry: what was seen, its pictures, and what is to be told of it. */
export function EntryTable({ upload }: { upload: WholeHeldUpload }) {
  const { r, say } = useHeldWords()
  const columns: Column<Entry>[] = [
    { key: 'entry', title: r.entry, cell: ({ entry }) => <span className="nowrap">{r.nth(entry + 1)}</span> },
    {
      key: 'standard',
      title: r.standard,
      names: true,
      cell: ({ standard }) =>
        standard ? (
          <Given>{`${standard.code} ${standard.text}`}</Given>
        ) : (
          <span className="bad">! {r.unknownStandard}</span>
        ),
    },
    {
      key: 'answer',
      title: r.answer,
      cell: ({ answer, count, note }) => (
        <>
          {answer ? say(observationAnswers[answer]) : count === null ? r.noAnswer : ''}
          {count !== null && ` ${r.counted(count)}`}
          {note && (
            <span className="line soft">
              <Given>{note}</Given>
            </span>
          )}
        </>
      ),
    },
    {
      key: 'pictures',
      title: r.pictures,
      cell: ({ pictures, awaited }) => (
        <>
          {awaited > 0 && <span className="warn">! {r.awaited(awaited)}</span>}
          <PictureList pictures={pictures} of={r.picture} />
        </>
      ),
    },
    {
      key: 'remark',
      title: r.remark,
      cell: ({ remarks, observationId }) => (
        <>
          {observationId && <span className="good">{r.fits}</span>}
          {remarks.map(({ code, text, kept }) => (
            <span key={code} className={kept ? 'line warn' : 'line bad'}>
              ! {text}
            </span>
          ))}
        </>
      ),
    },
  ]
  return (
    <section className="panel table pictured" aria-label={r.whole}>
      <h2 className="padded">{r.whole}</h2>
      <DataTable
        caption={r.whole}
        columns={columns}
        rows={upload.entries}
        keyOf={({ entry }) => String(entry)}
      />
    </section>
  )
}
