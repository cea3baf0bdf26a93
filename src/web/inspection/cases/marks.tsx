import { stateSymbol, taskStates } from '#modules/command/words.ts'
import { caseFlags, heldReasons, severities } from '#modules/inspection/words.ts'
import type { Case } from '../../api/operations.ts'
import { useCaseWords } from './words/index.ts'

/** Where a case stands, as symbol and word; what hinders it below. */
export function CaseState({ of }: { of: Pick<Case, 'taskState' | 'overdue' | 'heldBecause'> }) {
  const { r, say } = useCaseWords()
  const { taskState: state, overdue, heldBecause } = of
  if (!state)
    return (
      <>
        <span className="nowrap">○ {r.waiting}</span>
        {heldBecause && <span className="line bad">! {say(heldReasons[heldBecause])}</span>}
      </>
    )
  return (
    <span className={overdue ? 'nowrap bad' : 'nowrap'}>
      {stateSymbol({ state, overdue })}{' '}
      {[say(taskStates[state]), ...(overdue ? [r.overdue] : [])].join(' · ')}
    </span>
  )
}

/** What looks odd, each on a line of its own. */
export function CaseFlags({ flags }: Pick<Case, 'flags'>) {
  const { say } = useCaseWords()
  return (
    <>
      {flags.map((flag) => (
        <span key={flag} className="line nowrap warn">
          ! {say(caseFlags[flag])}
        </span>
      ))}
    </>
  )
}

/** How bad it is; what is ordinary is not said. */
export function SeverityMark({ severity }: Pick<Case, 'severity'>) {
  const { say } = useCaseWords()
  if (severity === 'ordinary' || severity === 'notice') return null
  return <span className="nowrap bad">{say(severities[severity])}</span>
}
