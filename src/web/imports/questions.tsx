import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { type Import, type ImportDecision, listImportDecisions } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { useFilters } from '../ui/office/filters.ts'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { tellDone } from '../ui/office/undo-bar.tsx'
import { isWhole, type Others, useAnswers } from './answers.tsx'
import { Question } from './question.tsx'
import { useImportWords } from './words/index.ts'

/** How many questions stand there before somebody asks for more. */
const shownFirst = 5

/** What only a person can decide: each asked once, for all rows like it, and answered where it stands. */
export function Questions({ view }: { view: Import }) {
  const i = useImportWords()
  const params = { importId: view.id }
  const found = useAsk(listImportDecisions, { params, query: { answered: false, limit: 200 } })
  const { search } = useFilters()
  const [more, setMore] = useState(false)
  const sheetId = search.get('sheet')
  if (view.openDecisions === 0 && (found.data?.items.length ?? 0) === 0)
    return <Answered view={view} sheetId={sheetId} />
  const here = (found.data?.items ?? []).filter((decision) => !sheetId || isAskedIn(decision, sheetId))
  const shown = more ? here : here.slice(0, shownFirst)
  return (
    <section className="panel padded questions" aria-label={i.questions}>
      <h2>{i.questions}</h2>
      <p className="soft">{i.questionsLead(view.openDecisions)}</p>
      {found.isPending && <Skeleton lines={3} />}
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {shown.map((decision) => (
        <Question key={decision.id} view={view} decision={decision} />
      ))}
      {shown.length < here.length && (
        <p>
          <Button type="link" onClick={() => setMore(true)}>
            {i.moreQuestions}
          </Button>
        </p>
      )}
      <Sending decisions={found.data?.items ?? []} />
      <Answered view={view} sheetId={sheetId} />
    </section>
  )
}

function isAskedIn({ sheetId, places }: ImportDecision, shown: string): boolean {
  return sheetId === shown || places.some((place) => place.sheetId === shown)
}

/** Sends what was chosen, together: all rows are judged anew only once. */
function Sending({ decisions }: { decisions: ImportDecision[] }) {
  const i = useImportWords()
  const { given, drop, send } = useAnswers()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const byId = new Map(decisions.map((decision) => [decision.id, decision]))
  const whole = [...given].every(([id, answer]) => {
    const asked = byId.get(id)
    return !asked || isWhole(answer, asked, asked.kind === 'unit')
  })
  const go = async (others?: Others) => {
    setBusy(true)
    setError(undefined)
    try {
      tellDone({ text: i.submitted(await send(others)) })
    } catch (failed) {
      setError(failed)
    }
    setBusy(false)
  }
  return (
    <>
      {error !== undefined && <Trouble error={error} />}
      <div className="formfoot">
        <Button type="primary" disabled={given.size === 0 || !whole} loading={busy} onClick={() => void go()}>
          {i.submit(given.size)}
        </Button>
        <TheOthers decisions={decisions} go={(others) => void go(others)} />
        {given.size > 0 && (
          <>
            <Button onClick={drop}>{i.discard}</Button>
            <span className="soft">{i.answered(given.size)}</span>
          </>
        )}
      </div>
    </>
  )
}

/** One answer for all questions of a kind that nobody answered: a new one each, or left out. */
function TheOthers({ decisions, go }: { decisions: ImportDecision[]; go: (others: Others) => void }) {
  const i = useImportWords()
  const { given } = useAnswers()
  const ways = { create: i.createNew, skip: i.skipRows }
  const said = { unit: i.othersUnits, team: i.othersTeams, person: i.othersPersons }
  const items = (['unit', 'team', 'person'] as const).flatMap((kind) => {
    const open = decisions.filter((decision) => decision.kind === kind && !given.has(decision.id))
    if (open.length < 2) return []
    const create = open.some(({ mayCreate }) => mayCreate)
    return (create ? (['create', 'skip'] as const) : (['skip'] as const)).map((way) => ({
      key: `${kind} ${way}`,
      label: said[kind](way === 'create' ? ways.create[kind] : ways.skip),
      onClick: () => go({ [kind]: way }),
    }))
  })
  if (items.length === 0) return null
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button aria-haspopup="menu">
        {i.othersLead} <span aria-hidden="true">▾</span>
      </Button>
    </Dropdown>
  )
}

/** What was answered already, and may be answered otherwise while nothing is written. */
function Answered({ view, sheetId }: { view: Import; sheetId: string | null }) {
  const i = useImportWords()
  const params = { importId: view.id }
  const found = useAsk(listImportDecisions, { params, query: { answered: true, limit: 200 } })
  const { given } = useAnswers()
  const [open, setOpen] = useState(false)
  const there = (found.data?.items ?? []).filter((each) => !sheetId || isAskedIn(each, sheetId))
  if (there.length === 0) return null
  return (
    <details
      className="answered"
      open={open}
      onToggle={(event) => setOpen((event.target as HTMLDetailsElement).open)}
    >
      <summary>{i.answeredTitle}</summary>
      {open && there.map((decision) => <Question key={decision.id} view={view} decision={decision} />)}
      {open && given.size > 0 && view.openDecisions === 0 && <Sending decisions={there} />}
    </details>
  )
}
