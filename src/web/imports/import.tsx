import { Link, useParams } from 'react-router'
import { type Judgement, judgements } from '#modules/imports/words.ts'
import { type Import, readImport } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { momentText } from '../core/time.ts'
import { paths } from '../paths.ts'
import { useFilters } from '../ui/office/filters.ts'
import { Page, Skeleton, Trouble } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useWords } from '../words/index.ts'
import { ImportActs } from './acts.tsx'
import { AnswersGiven } from './answers.tsx'
import { addsText, isBusy, sheetsOf, titleOf } from './facts.ts'
import { useFreshRows } from './keep.ts'
import { Marks } from './marks.tsx'
import { Questions } from './questions.tsx'
import { RowsOfAll } from './rows.tsx'
import { SheetRoom } from './sheet.tsx'
import { SheetList } from './sheets.tsx'
import { useImportWords } from './words/index.ts'
import './imports.css'

/** Which rows need somebody? */
export function Component() {
  const { importId = '' } = useParams()
  const i = useImportWords()
  const found = useAsk(
    readImport,
    { params: { importId } },
    { every: (view) => (view && isBusy(view.state) ? 700 : false) },
  )
  const view = found.data?.id === importId ? found.data : undefined
  if (view) return <Opened key={view.id} view={view} />
  return (
    <Page title={i.title} windowTitle={i.title} question="" trail={<Trail />}>
      <div className="panel">
        {found.isError ? (
          <Trouble error={found.error} again={() => void found.refetch()} />
        ) : (
          <Skeleton lines={10} />
        )}
      </div>
    </Page>
  )
}

function Trail() {
  return <Link to={paths.imports()}>{useImportWords().title}</Link>
}

function Opened({ view }: { view: Import }) {
  const i = useImportWords()
  const title = titleOf(view, i)
  useFreshRows(view)
  const done = view.state === 'committed' || view.state === 'undone'
  return (
    <Page
      title={<Given>{title}</Given>}
      windowTitle={title}
      question={done ? i.pageQuestionDone : i.pageQuestion}
      trail={<Trail />}
      acts={<ImportActs view={view} />}
    >
      <AnswersGiven importId={view.id}>
        <Standing view={view} />
        <Rooms view={view} />
      </AnswersGiven>
    </Page>
  )
}

/** How far it is, what was found, and what would be new. */
function Standing({ view }: { view: Import }) {
  const { language } = useWords()
  const i = useImportWords()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const at = (moment: string) => momentText(moment, zone, language)
  const facts = [
    i.startedBy(view.startedByName ?? '—', at(view.createdAt)),
    view.committedAt && i.committed(at(view.committedAt)),
    view.undoneAt && i.undoneAt(at(view.undoneAt)),
  ].filter(Boolean)
  return (
    <div className="panel padded standing">
      <p className="soft" translate="no">
        {facts.join(' · ')}
      </p>
      {isBusy(view.state) && <Progress view={view} />}
      {view.failure && (
        <div className="note bad" role="alert">
          <p>{view.failure.text}</p>
        </div>
      )}
      {view.judgedAt && !isBusy(view.state) && (
        <>
          <p>
            <Marks counts={view.counts} to={(judgement) => ({ search: `judgement=${judgement}` })} />
          </p>
          <p>
            <strong>{view.state === 'committed' || view.state === 'undone' ? i.added : i.wouldAdd}</strong>
            {addsText(view.adds, i)}
          </p>
          {view.remarks.length > 0 && (
            <ul className="dots soft">
              {view.remarks.map(({ code, text, rows }) => (
                <li key={code}>{i.remarkRows(text, rows)}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  )
}

function Progress({ view }: { view: Import }) {
  const i = useImportWords()
  const { phase, done, total } = view.progress
  const named = i.phases[phase as keyof typeof i.phases] ?? i.phases.waiting
  return (
    <div className="at-work">
      <p role="status">{i.progress(named, done, total)}</p>
      <progress aria-label={named} {...(total > 0 ? { max: total, value: done } : {})} />
    </div>
  )
}

/** One sheet where the address names one, or there is but one; else all of them, or the rows of one judgement. */
function Rooms({ view }: { view: Import }) {
  const { say } = useWords()
  const i = useImportWords()
  const { search } = useFilters()
  const sheets = sheetsOf(view)
  const named = sheets.find(({ sheet }) => sheet.id === search.get('sheet'))
  const only = sheets.length === 1 && view.files.length === 1 ? sheets[0] : undefined
  const shown = named ?? only
  const judgement = search.get('judgement') as Judgement | null
  return (
    <>
      {view.state === 'judged' && <Questions view={view} />}
      {shown && <SheetRoom key={shown.sheet.id} view={view} shown={shown} alone={only !== undefined} />}
      {!shown && judgement && judgement in judgements && (
        <section aria-label={i.rowsTitle(say(judgements[judgement]))}>
          <RowsOfAll view={view} judgement={judgement} />
        </section>
      )}
      {!shown && !judgement && <SheetList view={view} />}
    </>
  )
}
