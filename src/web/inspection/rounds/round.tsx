import { Link, useParams } from 'react-router'
import { pointClasses, roundKinds, roundStates } from '#modules/inspection/words.ts'
import { type Round, readRound } from '../../api/operations.ts'
import { useAsk } from '../../core/query.ts'
import { momentText, periodText } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { useDistricts } from '../../grid/districts.ts'
import { paths } from '../../paths.ts'
import { Arriving } from '../../ui/office/page.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { Code } from '../code.tsx'
import { InspectionPage, useMay } from '../page.tsx'
import { useRoundWords } from '../words/index.ts'
import { Progress } from './progress.tsx'
import { RoundActs } from './round-acts.tsx'
import { RoundEditor } from './round-editor.tsx'
import { UnitName } from './round-form.tsx'
import { Strata } from './strata.tsx'

/** How far is this round? */
export function Component() {
  const { r } = useRoundWords()
  const { roundId = '' } = useParams()
  const found = useAsk(readRound, { params: { roundId } })
  const round = found.data?.id === roundId ? found.data : undefined
  return (
    <InspectionPage
      title={round?.title ?? r.round}
      given={round !== undefined}
      question={r.roundQuestion}
      trail={<Link to={paths.rounds()}>{r.title}</Link>}
      acts={round && <RoundActs round={round} />}
    >
      {round ? <Sheet key={round.id} round={round} /> : <Arriving found={found} />}
    </InspectionPage>
  )
}

/** Whether the reader runs this round: the service says so by what they may do with it, while something is left to do. */
const isRunBy = ({ allowed, state }: Round) => state !== 'closed' && Object.values(allowed).some(Boolean)

function Sheet({ round }: { round: Round }) {
  const { r } = useRoundWords()
  const runs = isRunBy(round)
  const mayRun = useMay('rounds.run')
  return (
    <div className="sheet">
      <div className="column">
        <Steps round={round} />
        {round.drawnAt && runs && <Progress roundId={round.id} />}
        {round.strata && <Strata strata={round.strata} />}
        {round.allowed.edit && (
          <Panel label={r.edit}>
            <RoundEditor round={round} />
          </Panel>
        )}
        {!runs && !(mayRun && round.state === 'closed') && <p className="note">{r.readOnly}</p>}
      </div>
      <Panel aside label={r.facts}>
        <Facts round={round} />
      </Panel>
    </div>
  )
}

/** The four steps of a round, each with its time; the next one is marked. */
function Steps({ round }: { round: Round }) {
  const { r, language } = useRoundWords()
  const steps: [string, string | null][] = [
    [r.stepCreated, round.createdAt],
    [r.stepDrawn, round.drawnAt],
    [r.stepRevealed, round.revealedAt],
    [r.stepClosed, round.closedAt],
  ]
  const next = steps.findIndex(([, at]) => at === null)
  return (
    <ol className="panel inspection-steps" aria-label={r.steps}>
      {steps.map(([text, at], n) => (
        <li key={text} className={at ? 'done' : undefined} aria-current={n === next ? 'step' : undefined}>
          <span aria-hidden="true">{at ? '✓' : n + 1}</span>
          <div>
            <strong>{text}</strong>
            <div className="soft">{at ? momentText(at, cityZone(), language) : r.notYet}</div>
          </div>
        </li>
      ))}
    </ol>
  )
}

function Facts({ round }: { round: Round }) {
  const { r, say, language } = useRoundWords()
  const districts = useDistricts()
  const seesCases = useMay('cases.read')
  const { spec, progress, scheme } = round
  const given = (text: string) => <Given key={text}>{text}</Given>
  const codes = spec.districtCodes ?? []
  const classes = spec.pointClasses ?? []
  const facts: [string, React.ReactNode][] = [
    [r.label, <Code key="label">{round.label}</Code>],
    [r.state, say(roundStates[round.state])],
    [r.kind, say(roundKinds[round.kind])],
    [
      r.scheme,
      <Link key="scheme" to={paths.scheme(scheme.id)}>
        <Given>{scheme.name}</Given> {r.edition(scheme.edition)}
      </Link>,
    ],
    [r.issuer, given(round.issuer.name)],
    [r.period, periodText(round.opensAt, round.endsAt, cityZone(), language)],
    [r.size, round.kind === 'recheck' ? r.none : r.points(spec.size)],
    [
      r.districts,
      codes.length === 0
        ? r.allDistricts
        : given(codes.map((code) => districts.nameOf(code) ?? code).join(' ')),
    ],
    [
      r.classes,
      classes.length === 0 ? r.allClasses : classes.map((each) => say(pointClasses[each])).join(' '),
    ],
    ...(round.checkUnitId
      ? [[r.checkUnit, <UnitName key="check" unitId={round.checkUnitId} />] as [string, React.ReactNode]]
      : []),
    [r.progress, round.drawnAt ? r.visited(progress.received, progress.visits) : r.notDrawn],
    [
      r.cases,
      seesCases && progress.cases > 0 ? (
        <Link key="cases" to={`${paths.cases()}?roundId=${round.id}`}>
          {progress.cases}
        </Link>
      ) : (
        progress.cases
      ),
    ],
    [
      r.commitment,
      <Link key="proof" to={paths.proof(round.id)}>
        <Code>{`${round.seedCommitment.slice(0, 16)}…`}</Code>
      </Link>,
    ],
  ]
  return (
    <dl className="facts">
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
