import { type EventState, eventStates } from '#modules/events/words.ts'
import { useWords } from '../words/index.ts'

/** A sign beside the word, so that colour is never alone. */
const signs: Record<EventState, string> = { draft: '○', published: '●', closed: '✓', cancelled: '✕' }

export function StateMark({ state }: { state: EventState }) {
  const { say } = useWords()
  return (
    <span className={`state ${state}`}>
      <span aria-hidden="true">{signs[state]}</span>
      {say(eventStates[state])}
    </span>
  )
}
