import { Radio, Select } from 'antd'
import { Link } from 'react-router'
import { type UnitKind, unitKinds } from '#modules/organisation/words.ts'
import type { Import, ImportDecision } from '../api/operations.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { PersonSelect, TeamSelect, UnitSelect } from '../organisation/choose.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useWords } from '../words/index.ts'
import { type Answer, useAnswers } from './answers.tsx'
import { nameOf, sheetsOf } from './facts.ts'
import { Readings } from './readings.tsx'
import { useImportWords } from './words/index.ts'

interface Props {
  view: Import
  decision: ImportDecision
}

/** One question with its proposals, where it is asked, and the answer chosen or given. */
export function Question({ view, decision }: Props) {
  const i = useImportWords()
  const { given, give } = useAnswers()
  const { id, kind, name, within, rows } = decision
  const answered = decision.answer
  const before: Answer | undefined = answered
    ? {
        answer: answered.answer,
        ...(answered.id ? { id: answered.id } : {}),
        ...(answered.choice ? { choice: answered.choice } : {}),
      }
    : undefined
  const answer = given.get(id) ?? before
  // What is asked of a whole sheet is asked by the name it has among the others.
  const asks = sheetsOf(view).find(({ sheet }) => sheet.id === decision.sheetId)
  const called = asks ? nameOf(asks) : name === '（空白）' || name === '' ? i.blank : name
  const asked = i.ask[kind](called)
  return (
    <fieldset className="question">
      <legend translate="no">{asked}</legend>
      <p className="soft">
        {i.concerns(rows)}
        {within && (
          <>
            {' · '}
            <span translate="no">{i.within(within)}</span>
          </>
        )}{' '}
        <Places view={view} decision={decision} />
      </p>
      {kind === 'sheet' ? (
        <Readings view={view} decision={decision} answer={answer} choose={(next) => give(id, next)} />
      ) : (
        <Choices decision={decision} answer={answer} choose={(next) => give(id, next)} />
      )}
    </fieldset>
  )
}

/** The first places where it is asked; each leads there. */
function Places({ view, decision }: Props) {
  const i = useImportWords()
  const nameOfSheet = new Map(sheetsOf(view).map((each) => [each.sheet.id, nameOf(each)]))
  const places = decision.places.slice(0, 3)
  return places.map(({ sheetId, line }, at) => (
    <span key={`${sheetId}/${line}`} translate="no">
      {at > 0 && ' · '}
      <Link to={{ search: `sheet=${sheetId}&line=${line}` }}>
        {i.placeOf(nameOfSheet.get(sheetId) ?? '', line)}
      </Link>
    </span>
  ))
}

interface ChoosingProps {
  decision: ImportDecision
  answer: Answer | undefined
  choose: (answer: Answer) => void
}

function Choices({ decision, answer, choose }: ChoosingProps) {
  const i = useImportWords()
  const everywhere = useStore(me)?.grants.some(({ scope }) => scope === 'everything') === true
  const { id, kind, proposals, mayCreate, answerBy } = decision
  const proposed = answer?.answer === 'use' ? (answer.id ?? answer.choice ?? 'other') : answer?.answer
  const isOther =
    answer?.answer === 'use' && answerBy === 'id' && !proposals.some((each) => each.id === answer.id)
  const value = isOther ? 'other' : proposed
  const thing = kind === 'unit' || kind === 'team' || kind === 'person' ? kind : undefined
  // Somebody who is not proposed can be named by whoever sees everybody; units and teams by whoever reaches them.
  const mayOther = thing === 'unit' || thing === 'team' || (thing === 'person' && everywhere)
  const pick = (next: string) => {
    if (next === 'create' || next === 'skip') choose({ answer: next })
    else if (next === 'other') choose({ answer: 'use' })
    else choose({ answer: 'use', ...(answerBy === 'id' ? { id: next } : { choice: next }) })
  }
  return (
    <div className="proposals">
      <Radio.Group name={id} value={value ?? null} onChange={(event) => pick(String(event.target.value))}>
        {proposals.map((proposal) => (
          <Radio key={proposal.id} value={proposal.id}>
            <Proposal kind={kind} proposal={proposal} />
          </Radio>
        ))}
        {mayOther && thing && <Radio value="other">{i.otherOne[thing]}</Radio>}
        {mayCreate && thing && <Radio value="create">{i.createNew[thing]}</Radio>}
        <Radio value="skip">{kind === 'hidden' ? i.skipHidden : i.skipRows}</Radio>
      </Radio.Group>
      {value === 'other' && thing && <Other kind={thing} answer={answer} choose={choose} />}
      {value === 'create' && kind === 'unit' && <NewUnit answer={answer} choose={choose} />}
    </div>
  )
}

type ProposalOf = ImportDecision['proposals'][number]

function Proposal({ kind, proposal }: { kind: ImportDecision['kind']; proposal: ProposalOf }) {
  const i = useImportWords()
  const { id, name, likeness, because } = proposal
  if (kind === 'hidden') return i.takeHidden
  if (kind === 'role') return i.roles[id as keyof typeof i.roles] ?? name
  const meant = kind === 'units' ? i.unitsMeant[id as keyof typeof i.unitsMeant] : undefined
  if (meant)
    return (
      <>
        {meant}
        {(id === 'districts' || id === 'members') && <Given>{name}</Given>}
      </>
    )
  const why = because ? i.because[because as keyof typeof i.because] : undefined
  const like = likeness !== null && likeness < 1 ? i.likeness(Math.round(likeness * 100)) : undefined
  return (
    <>
      <Given>{name}</Given>
      {(why ?? like) && <small className="soft"> {why ?? like}</small>}
    </>
  )
}

interface OtherProps {
  kind: 'unit' | 'team' | 'person'
  answer: Answer | undefined
  choose: (answer: Answer) => void
}

const selects = { unit: UnitSelect, team: TeamSelect, person: PersonSelect }

/** Another one than those proposed, found by its name. */
function Other({ kind, answer, choose }: OtherProps) {
  const i = useImportWords()
  const Chosen = selects[kind]
  return (
    <span className="pick">
      <Chosen
        label={i.otherOne[kind]}
        value={answer?.id ?? null}
        onChange={(id) => choose({ answer: 'use', ...(id ? { id } : {}) })}
      />
    </span>
  )
}

/** A new unit needs to be of a kind, and may report to another. */
function NewUnit({ answer, choose }: { answer: Answer | undefined; choose: (answer: Answer) => void }) {
  const { say } = useWords()
  const i = useImportWords()
  const kinds = (Object.keys(unitKinds) as UnitKind[]).map((value) => ({
    value,
    label: say(unitKinds[value]),
  }))
  return (
    <span className="pick">
      <Select
        aria-label={i.newUnitKind}
        placeholder={i.newUnitKind}
        options={kinds}
        value={answer?.kind ?? null}
        popupMatchSelectWidth={false}
        onChange={(kind) => choose({ ...answer, answer: 'create', ...(kind ? { kind } : {}) })}
      />
      <UnitSelect
        label={i.newUnitParent}
        value={answer?.parentId ?? null}
        onChange={(parentId) => choose({ ...answer, answer: 'create', parentId })}
      />
    </span>
  )
}
