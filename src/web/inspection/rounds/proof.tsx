import { Button } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { Link, useParams } from 'react-router'
import { proveRound, type Round, type RoundProof, readRound } from '../../api/operations.ts'
import { useAsk } from '../../core/query.ts'
import { paths } from '../../paths.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Arriving, Skeleton, Trouble } from '../../ui/office/page.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { saveFile } from '../../ui/office/save-file.ts'
import { Given } from '../../ui/plain/given.tsx'
import { Code } from '../code.tsx'
import { InspectionPage } from '../page.tsx'
import { useRoundWords } from '../words/index.ts'
import { type Checks, canCheck, checkDraw } from './redraw.ts'

/** How does anybody know that the draw was fair? */
export function Component() {
  const { r } = useRoundWords()
  const { roundId = '' } = useParams()
  const found = useAsk(readRound, { params: { roundId } })
  const round = found.data?.id === roundId ? found.data : undefined
  const closed = round?.closedAt !== null && round?.drawnAt !== null
  const proof = useAsk(proveRound, { params: { roundId } }, { skip: round === undefined || !closed })
  return (
    <InspectionPage
      title={r.check}
      question={r.checkQuestion}
      trail={
        round && (
          <Link to={paths.round(roundId)}>
            <Given>{round.title}</Given>
          </Link>
        )
      }
      acts={
        <>
          <LinkButton to={paths.round(roundId)} text={r.toRound} />
          {proof.data && <Download proof={proof.data} />}
        </>
      }
    >
      {round ? (
        <>
          <Steps round={round} proof={proof.data} />
          {proof.isError && <Trouble error={proof.error} again={() => void proof.refetch()} />}
          {proof.data && <Checked round={round} proof={proof.data} />}
          {proof.data && <DrawnPoints proof={proof.data} />}
        </>
      ) : (
        <Arriving found={found} />
      )}
    </InspectionPage>
  )
}

/** What was shown when, and why nothing can be changed afterwards. */
function Steps({ round, proof }: { round: Round; proof: RoundProof | undefined }) {
  const { r } = useRoundWords()
  const soft = (text: string) => <span className="soft">{text}</span>
  const steps: [string, string, ReactNode][] = [
    [r.commitment, r.howCommit, <Code key="seed">{round.seedCommitment}</Code>],
    [
      r.frameDigest,
      r.howFrame,
      round.frameDigest ? <Code key="frame">{round.frameDigest}</Code> : soft(r.afterDraw),
    ],
    [
      r.drawDigest,
      r.howDraw,
      round.drawDigest ? <Code key="draw">{round.drawDigest}</Code> : soft(r.afterDraw),
    ],
    [r.seed, r.howSeed, proof ? <Code key="shown">{proof.seed}</Code> : soft(r.afterClosure)],
  ]
  return (
    <Panel label={r.check}>
      <ol className="inspection-proof">
        {steps.map(([term, how, shown]) => (
          <li key={term}>
            <h2>{term}</h2>
            <p>{how}</p>
            <p>{shown}</p>
          </li>
        ))}
      </ol>
      {proof && (
        <p>
          {r.method} <Code>{`SHA-256 · ${proof.method}`}</Code>
        </p>
      )}
    </Panel>
  )
}

/** Draws again in this browser, and says step by step whether it agrees. */
function Checked({ round, proof }: { round: Round; proof: RoundProof }) {
  const { r } = useRoundWords()
  const [checks, setChecks] = useState<Checks>()
  useEffect(() => {
    let gone = false
    if (canCheck()) void checkDraw(proof, round).then((found) => !gone && setChecks(found))
    return () => {
      gone = true
    }
  }, [proof, round])
  const lines: [keyof Checks, string][] = [
    ['seed', r.checkSeed],
    ['frame', r.checkFrame],
    ['draw', r.checkDraw],
    ['sample', r.checkSample],
  ]
  return (
    <Panel label={r.checkedHere}>
      <h2>{r.checkedHere}</h2>
      {!canCheck() && <p className="note warn">{r.cannotCheck}</p>}
      {canCheck() && !checks && <Skeleton lines={4} />}
      {checks && (
        <ul className="inspection-checks">
          {lines.map(([name, text]) => (
            <li key={name}>
              <strong className={checks[name] ? 'good' : 'bad'}>
                {checks[name] ? `✓ ${r.agrees}` : `✗ ${r.differs}`}
              </strong>
              <span>{text}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function DrawnPoints({ proof }: { proof: RoundProof }) {
  const { r } = useRoundWords()
  const drawn = proof.drawn.filter(({ reserve }) => !reserve)
  return (
    <details className="panel padded">
      <summary>
        {r.drawnPoints}{' '}
        <span className="soft">{r.drawnCounts(drawn.length, proof.drawn.length - drawn.length)}</span>
      </summary>
      <p>
        {drawn.map(({ code }) => (
          <span key={code} className="inspection-chip">
            <Code>{code}</Code>
          </span>
        ))}
      </p>
    </details>
  )
}

/** Everything that somebody needs to draw again with a tool of their own. */
function Download({ proof }: { proof: RoundProof }) {
  const { r } = useRoundWords()
  const save = () => {
    const file = new Blob([JSON.stringify(proof, null, 2)], { type: 'application/json' })
    saveFile(file, `${r.fileName(proof.label)}.json`)
  }
  return (
    <Button type="primary" onClick={save}>
      {r.download}
    </Button>
  )
}
