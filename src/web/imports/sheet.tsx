import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import { type Judgement, judgements } from '#modules/imports/words.ts'
import type { Import } from '../api/operations.ts'
import { useFilters } from '../ui/office/filters.ts'
import { Empty, Skeleton, Trouble } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useWords } from '../words/index.ts'
import { CorrectSheet } from './correct-sheet.tsx'
import { judgementOrder, nameOf, type SheetOfFile } from './facts.ts'
import { SheetGrid } from './grid.tsx'
import { useListNames } from './kinds.ts'
import { LinePanel } from './line.tsx'
import { signs } from './marks.tsx'
import { SheetNotes } from './sheet-notes.tsx'
import { useLines } from './use-lines.ts'
import { useImportWords } from './words/index.ts'

interface Props {
  view: Import
  shown: SheetOfFile
  /** Whether it is the only sheet there is. */
  alone: boolean
}

/** How many lines stand above the one that a link leads to. */
const linesAbove = 3

/** A sheet as it was sent, with what was read from it, and everything that can be answered and corrected in its place. */
export function SheetRoom({ view, shown, alone }: Props) {
  const i = useImportWords()
  const listName = useListNames()
  const { search, set } = useFilters()
  const { sheet, file } = shown
  const open = view.state === 'judged'
  const asked = search.get('judgement') as Judgement | null
  const judgement = asked && asked in judgements ? asked : undefined
  const linked = Number(search.get('line')) || undefined
  const fromLine = linked && linked > 50 ? linked - linesAbove : undefined
  const { found, lines } = useLines({ importId: view.id, sheetId: sheet.id, judgement, fromLine })
  const [line, setLine] = useState(linked)
  useEffect(() => setLine(linked), [linked])
  const chosen = lines.find((each) => each.line === line)
  return (
    <section aria-label={i.sheetTitle}>
      <div className="filters sheet-head">
        <div>
          {!alone && (
            <p>
              <Link to={{ search: '' }}>{i.overview}</Link>
            </p>
          )}
          <h2>
            <Given>{nameOf(shown)}</Given>
            <span className="soft"> · {listName(sheet.list) ?? i.unknownList}</span>
          </h2>
        </div>
        {open && (
          <span className="push">
            <Button onClick={() => set({ act: 'sheet' })}>{i.correctSheet}</Button>
          </span>
        )}
      </div>
      <SheetNotes sheet={sheet} failure={file.failure} />
      <JudgementFilter
        counts={sheet.counts}
        judgement={judgement}
        set={(next) => set({ judgement: next, line: null })}
      />
      {fromLine !== undefined && (
        <p className="soft">
          {i.fromLine(fromLine)}{' '}
          <Button type="link" size="small" onClick={() => set({ line: null })}>
            {i.fromTop}
          </Button>
        </p>
      )}
      <div className="sheet-room">
        <div className="panel">
          {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
          {found.isPending && <Skeleton lines={12} />}
          {found.isSuccess && lines.length === 0 && <Empty text={i.noRows} />}
          {lines.length > 0 && (
            <SheetGrid
              sheet={sheet}
              lines={lines}
              chosen={line}
              choose={setLine}
              more={found.hasNextPage ? () => !found.isFetching && void found.fetchNextPage() : undefined}
            />
          )}
        </div>
        <LinePanel view={view} sheet={sheet} line={chosen} open={open} />
      </div>
      {open && search.get('act') === 'sheet' && lines.length > 0 && (
        <CorrectSheet view={view} sheet={sheet} lines={lines} close={() => set({ act: null })} />
      )}
    </section>
  )
}

interface FilterProps {
  counts: Record<string, number>
  judgement: Judgement | undefined
  set: (judgement: Judgement | null) => void
}

/** The lines of one judgement, or all of them. */
function JudgementFilter({ counts, judgement, set }: FilterProps) {
  const { say } = useWords()
  const i = useImportWords()
  const there = judgementOrder.filter((each) => (counts[each] ?? 0) > 0 || each === judgement)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons, and no fieldset of a form
    <div className="filters judgement-filter" role="group" aria-label={i.judgementOf}>
      <button type="button" aria-pressed={judgement === undefined} onClick={() => set(null)}>
        {i.allLines}
      </button>
      {there.map((each) => (
        <button
          key={each}
          type="button"
          className={`mark-of ${each}`}
          aria-pressed={judgement === each}
          onClick={() => set(each)}
        >
          <span aria-hidden="true">{signs[each]}</span> {say(judgements[each])} {counts[each] ?? 0}
        </button>
      ))}
    </div>
  )
}
