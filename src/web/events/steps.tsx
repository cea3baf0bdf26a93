import { NavLink } from 'react-router'
import { eventSteps, type StepState, stepReasons, stepStates } from '#modules/desk/words.ts'
import { type EventSteps, readEventSteps } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { paths } from '../paths.ts'
import { useWords } from '../words/index.ts'
import { rooms } from './rooms.ts'

/** A sign beside the word, so that colour is never alone. */
const signs: Record<StepState, string> = { not_begun: '○', under_way: '◐', done: '✓', needs_you: '!' }

const isMoving = ({ because }: EventSteps['steps'][number]) =>
  because === 'plan_running' || because === 'messages_waiting'

/** The steps of an event and how far each is, as a list to walk along. */
export function Steps({ eventId }: { eventId: string }) {
  const { w } = useWords()
  const found = useAsk(
    readEventSteps,
    { params: { eventId } },
    // What goes on by itself is looked at again.
    { every: (answer) => (answer?.steps.some(isMoving) ? 3000 : false) },
  )
  const steps = found.data?.eventId === eventId ? found.data.steps : undefined
  return (
    <nav className="steps" aria-label={w.workspace.steps}>
      <ol>
        {steps
          ?.filter(({ step }) => rooms.includes(step))
          .map((each) => (
            <li key={each.step}>
              <NavLink end to={paths.eventStep(eventId, each.step)} className={each.state}>
                <span className="sign" aria-hidden="true">
                  {signs[each.state]}
                </span>
                <StepText step={each} />
              </NavLink>
            </li>
          ))}
      </ol>
    </nav>
  )
}

function StepText({ step: { step, state, because, count } }: { step: EventSteps['steps'][number] }) {
  const { say } = useWords()
  const reason = because && say(stepReasons[because]).replace('{count}', String(count ?? ''))
  return (
    <span>
      <span className="name">{say(eventSteps[step])}</span>
      <small>{reason ?? say(stepStates[state])}</small>
      {reason && <span className="hear">{say(stepStates[state])}</span>}
    </span>
  )
}
