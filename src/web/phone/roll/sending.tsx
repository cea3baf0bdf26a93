/** What became of the taps: sent, waiting, or refused; and the answers that somebody has to read. */
import { useState } from 'react'
import { rollResults } from '#modules/attendance/words.ts'
import { useStore } from '../../core/store.ts'
import { Given } from '../../ui/plain/given.tsx'
import { canKeep } from '../kept/seal.ts'
import { Button, Trouble } from '../parts.tsx'
import { useWords } from '../words/index.ts'
import { unsentOf } from './kept.ts'
import { headsOf } from './kept-heads.ts'
import { discard, openRoll, readAnswers, send, sending, unsaved } from './store.ts'

const canWork = 'serviceWorker' in navigator

export function SendingState() {
  const { w } = useWords()
  const roll = useStore(openRoll)
  const state = useStore(sending)
  const lost = useStore(unsaved)
  if (!roll) return null
  const unsent = unsentOf(roll)
  if (typeof state === 'object') {
    return (
      <>
        <Trouble error={state} again={() => void send()} />
        <p className="note warn">{w.roll.refused}</p>
        <Discard />
      </>
    )
  }
  const text =
    state === 'waits'
      ? w.roll.waits(unsent)
      : unsent > 0
        ? w.roll.unsent(unsent)
        : roll.batch
          ? w.roll.sending
          : ''
  const said = Object.keys(roll.taken).length + Object.keys(headsOf(roll).told).length > 0
  return (
    <>
      <p className={state === 'waits' ? 'note warn' : 'state'} role="status">
        {text || (said ? `✓ ${w.roll.saved}` : '')}
      </p>
      {!canKeep || lost ? (
        <p className="note warn">{w.roll.noKeeping}</p>
      ) : (
        !canWork && <p className="note">{w.roll.noWorker}</p>
      )}
    </>
  )
}

/** Asks once more: what is deleted is lost. */
export function Discard({ then }: { then?: () => void }) {
  const { w } = useWords()
  const [asked, setAsked] = useState(false)
  const act = () => void discard().then(then)
  if (!asked) return <Button onPress={() => setAsked(true)}>{w.roll.discard}</Button>
  return (
    <div className="note bad" role="alert">
      <p>{w.left.sure}</p>
      <div className="two">
        <Button onPress={() => setAsked(false)}>{w.common.cancel}</Button>
        <Button kind="danger" onPress={act}>
          {w.left.discard}
        </Button>
      </div>
    </div>
  )
}

export function Answers() {
  const { w, say } = useWords()
  const roll = useStore(openRoll)
  if (!roll || roll.unread.length === 0) return null
  const unread = roll.places.filter(({ assignmentId }) => roll.unread.includes(assignmentId))
  return (
    <section className="note warn" role="alert">
      <h2>{w.roll.answers}</h2>
      <ul>
        {unread.map(({ assignmentId, name }) => {
          const taken = roll.taken[assignmentId]
          return (
            <li key={assignmentId}>
              <Given>{name}</Given> {taken && say(rollResults[taken.result])}
            </li>
          )
        })}
      </ul>
      <Button onPress={readAnswers}>{w.roll.known}</Button>
    </section>
  )
}
