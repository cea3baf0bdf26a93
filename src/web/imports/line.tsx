import { Button } from 'antd'
import { useState } from 'react'
import { rowKinds } from '#modules/imports/words.ts'
import { memberRoles, sexes, unitKinds } from '#modules/organisation/words.ts'
import {
  type Import,
  type ImportLine,
  type ImportRow,
  type ImportSheet,
  leaveOutImportLines,
  listImportDecisions,
  readImport,
} from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { useAsk } from '../core/query.ts'
import { isRefusal } from '../core/refused.ts'
import { useFilters } from '../ui/office/filters.ts'
import { Trouble } from '../ui/office/page.tsx'
import { tellDone } from '../ui/office/undo-bar.tsx'
import { Given } from '../ui/plain/given.tsx'
import { type Both, useWords } from '../words/index.ts'
import { CorrectLine } from './correct-line.tsx'
import { sheetsOf, textOfValue } from './facts.ts'
import { keepImport } from './keep.ts'
import { useFieldNames } from './kinds.ts'
import { Mark } from './marks.tsx'
import { Question } from './question.tsx'
import { Why } from './rows.tsx'
import { useImportWords } from './words/index.ts'

interface Props {
  view: Import
  sheet: ImportSheet
  line: ImportLine | undefined
  /** Whether it may still be corrected. */
  open: boolean
}

/** How one line was read, for each person in it; what is wrong and asked, and what can be done about it here. */
export function LinePanel({ view, sheet, line, open }: Props) {
  const { say } = useWords()
  const i = useImportWords()
  const { search, set } = useFilters()
  return (
    <aside
      className="panel padded line-panel"
      id="line-panel"
      tabIndex={-1}
      aria-label={line ? i.lineOf(line.line) : i.row}
    >
      {!line && <p className="soft">{i.pickLine}</p>}
      {line && (
        <>
          <div className="line-head">
            <h2>{i.lineOf(line.line)}</h2>
            {line.kind !== 'data' && <span className="soft">{say(rowKinds[line.kind])}</span>}
            {line.hidden && <span className="soft">{i.hiddenLine}</span>}
            {line.leftOut && <span className="warn">– {i.leftOut}</span>}
          </div>
          {open && (
            <p className="acts-here">
              <Button size="small" onClick={() => set({ act: 'line', line: String(line.line) })}>
                {i.correctLine}
              </Button>
              {(line.kind === 'data' || line.leftOut) && <LeaveOut view={view} sheet={sheet} line={line} />}
            </p>
          )}
          {line.rows.map((row) => (
            <RowRead key={row.id} view={view} row={row} open={open} />
          ))}
          {open && search.get('act') === 'line' && (
            <CorrectLine view={view} sheet={sheet} line={line} close={() => set({ act: null })} />
          )}
        </>
      )}
    </aside>
  )
}

function RowRead({ view, row, open }: { view: Import; row: ImportRow; open: boolean }) {
  const i = useImportWords()
  const fieldName = useFieldNames()
  const show = useShownValue()
  const values = Object.entries(row.values).flatMap(([field, value]) => {
    const text = show(field, value)
    return text === undefined ? [] : [[field, text] as const]
  })
  const asked = useAsk(
    listImportDecisions,
    { params: { importId: view.id }, query: { answered: false, limit: 200 } },
    { skip: row.decisionIds.length === 0 || !open },
  )
  const questions = (asked.data?.items ?? []).filter(({ id }) => open && row.decisionIds.includes(id))
  return (
    <div className="row-read">
      {row.judgement && (
        <p>
          <Mark judgement={row.judgement} />
        </p>
      )}
      <Why row={row} />
      <dl className="reading">
        {values.map(([field, text]) => (
          <div key={field} style={{ display: 'contents' }}>
            <dt>{fieldName(field) ?? field}</dt>
            <dd>
              <Given>{text}</Given>
            </dd>
          </div>
        ))}
      </dl>
      {row.changes.length > 0 && (
        <p className="soft">
          {i.changes}{' '}
          {row.changes.map((field) => fieldName(field) ?? field).join(i.yes === 'yes' ? ', ' : '、')}
        </p>
      )}
      {questions.map((decision) => (
        <Question key={decision.id} view={view} decision={decision} />
      ))}
    </div>
  )
}

/** A value of a row as a text; what is one of a closed set in the words for it. */
function useShownValue(): (field: string, value: unknown) => string | undefined {
  const { say } = useWords()
  const i = useImportWords()
  const sets: Record<string, Readonly<Record<string, Both>>> = {
    role: memberRoles,
    sex: sexes,
    unitKind: unitKinds,
  }
  return (field, value) => {
    const named = typeof value === 'string' ? sets[field]?.[value] : undefined
    return named ? say(named) : textOfValue(value, i)
  }
}

/** Leaves a line out, or takes it again; the way back is the other. Whoever changed the sheet meanwhile is not overruled. */
function LeaveOut({ view, sheet, line }: { view: Import; sheet: ImportSheet; line: ImportLine }) {
  const i = useImportWords()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const put = async (out: boolean): Promise<void> => {
    const params = { importId: view.id, sheetId: sheet.id }
    let { version, leftOutLines } = sheet
    for (let tried = 1; ; tried++) {
      const others = leftOutLines.filter((each) => each !== line.line)
      const lines = out ? [...others, line.line] : others
      try {
        return keepImport(await ask(leaveOutImportLines, { params, body: { lines } }, { version }))
      } catch (failed) {
        if (tried === 3 || !isRefusal(failed, 412)) throw failed
        const fresh = await ask(readImport, { params: { importId: view.id } })
        const theirs = sheetsOf(fresh).find((each) => each.sheet.id === sheet.id)?.sheet
        if (!theirs) throw failed
        ;({ version, leftOutLines } = theirs)
      }
    }
  }
  const act = async () => {
    setBusy(true)
    setError(undefined)
    try {
      await put(!line.leftOut)
      tellDone({ text: line.leftOut ? i.unskipped(line.line) : i.skipped(line.line) })
    } catch (failed) {
      setError(failed)
    }
    setBusy(false)
  }
  return (
    <>
      <Button size="small" loading={busy} onClick={() => void act()}>
        {line.leftOut ? i.unskipLine : i.skipLine}
      </Button>
      {error !== undefined && <Trouble error={error} />}
    </>
  )
}
