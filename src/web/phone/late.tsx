/** 补录待审核: somebody says that they were there; a second person decides. */
import { lateOrigins } from '#modules/attendance/words.ts'
import { decideLateEntry, type listLateEntries } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import type { AnswerOf } from '../core/operation.ts'
import { clockText, periodText } from '../core/time.ts'
import { Given } from '../ui/plain/given.tsx'
import { Deciding } from './deciding.tsx'
import { Trouble } from './parts.tsx'
import type { Reading } from './reading.ts'
import { useWords } from './words/index.ts'

type Late = AnswerOf<typeof listLateEntries>

export function LateEntries({ of }: { of: Reading<Late> }) {
  const { w, language, say } = useWords()
  if (of.data === undefined)
    return of.error ? <Trouble error={of.error} again={() => void of.again()} /> : null
  if (of.data.items.length === 0) return null
  const decide = (lateEntryId: string, approved: boolean, reason?: string) => async () => {
    await ask(decideLateEntry, {
      params: { lateEntryId },
      body: { approved, ...(reason ? { reason } : {}) },
    })
    await of.again()
  }
  return (
    <section>
      <h2>{w.asks.late}</h2>
      <ul className="cards">
        {of.data.items.map(({ id, person, event, shift, origin, reason, arrivedAt, leftAt }) => (
          <li key={id} className="card">
            <strong id={id}>
              <Given>{person.name}</Given>
            </strong>
            <p>
              {periodText(shift.startsAt, shift.endsAt, event.timeZone, language)}{' '}
              <Given>{shift.zone.name}</Given>
            </p>
            <p>{w.asks.lateTimes(clockText(arrivedAt, event.timeZone), clockText(leftAt, event.timeZone))}</p>
            <p>
              {say(lateOrigins[origin])} · {w.asks.reason} <Given>{reason}</Given>
            </p>
            <Deciding of={id} approve={decide(id, true)} refuse={(why) => decide(id, false, why)()} />
          </li>
        ))}
      </ul>
    </section>
  )
}
