/** One observation: tapped, not written. A note and pictures stand where an answer asks for them. */
import { memo, useId } from 'react'
import { type ObservationAnswer, observationAnswers } from '#modules/inspection/words.ts'
import { Given } from '../../ui/plain/given.tsx'
import { Button, Field } from '../parts.tsx'
import type { PhoneStandard, Seen } from './kinds.ts'
import { Pictures } from './pictures.tsx'
import { observe } from './store.ts'
import { useVisitWords } from './words/index.ts'
import { isSaid, lackOf } from './work.ts'

interface ObservationProps {
  workId: string
  standard: PhoneStandard
  sequence: number
  /** How many observations of the standard there are. */
  of: number
  seen: Seen
  /** One more of the same standard. */
  more: () => void
}

const signs: Record<ObservationAnswer, string> = {
  met: '✓',
  partly: '◐',
  not: '✕',
  not_applicable: '–',
  not_seen: '?',
}

function answersOf({ answer, mayNotApply }: PhoneStandard): ObservationAnswer[] {
  const judged: ObservationAnswer[] = answer === 'count' ? [] : ['met', 'partly', 'not']
  return [...judged, ...(mayNotApply ? (['not_applicable'] as const) : []), 'not_seen']
}

/** Drawn anew when its own answer changes: a visit may have sixty. */
export const Observation = memo(
  function Observation({ workId, standard, sequence, of, seen, more }: ObservationProps) {
    const { v, say } = useVisitWords()
    const id = useId()
    const set = (change: Partial<Seen>) => observe(workId, standard.id, sequence, change)
    const tap = (answer: ObservationAnswer) =>
      set({ answer: seen.answer === answer ? null : answer, count: null })
    const lack = lackOf(standard, seen)
    const asksMore = seen.answer !== null && seen.answer !== 'met'
    const detail = <Detail {...{ workId, standard, sequence, seen }} lack={lack} />
    return (
      <li className={`standard is-${seen.answer ?? (seen.count === null ? 'open' : 'counted')}`}>
        <p>
          <small id={id}>
            <span translate="no" lang="und">
              {v.visit.code(standard.code, sequence, of)}
            </span>
          </small>
          <br />
          <Given>{standard.text}</Given>
        </p>
        {standard.answer === 'count' && (
          <Field label={v.visit.count} hint={v.visit.countHint}>
            <input
              inputMode="numeric"
              maxLength={6}
              value={seen.count ?? ''}
              onChange={({ currentTarget: { value } }) =>
                set(/^\d{1,6}$/.test(value) ? { count: Number(value), answer: null } : { count: null })
              }
            />
          </Field>
        )}
        <div className="answers">
          {answersOf(standard).map((answer) => (
            <Button key={answer} of={id} pressed={seen.answer === answer} onPress={() => tap(answer)}>
              <span aria-hidden="true">{signs[answer]}</span> {say(observationAnswers[answer])}
            </Button>
          ))}
        </div>
        {asksMore || lack === 'picture' || standard.photo === 'always' || (seen.count ?? 0) > 0 ? (
          detail
        ) : (
          <details>
            <summary>{v.visit.detail}</summary>
            {detail}
          </details>
        )}
        {sequence === of && isSaid(standard, seen) && seen.answer !== 'not_applicable' && (
          <Button of={id} onPress={more}>
            {v.visit.more}
          </Button>
        )}
      </li>
    )
  },
  (one, other) => one.seen === other.seen && one.of === other.of && one.standard === other.standard,
)

interface DetailProps extends Pick<ObservationProps, 'workId' | 'standard' | 'sequence' | 'seen'> {
  lack: ReturnType<typeof lackOf>
}

function Detail({ workId, standard, sequence, seen, lack }: DetailProps) {
  const { v } = useVisitWords()
  const set = (change: Partial<Seen>) => observe(workId, standard.id, sequence, change)
  const why = seen.answer === 'not_applicable' || seen.answer === 'not_seen' ? seen.answer : undefined
  return (
    <div className="detail">
      {why && (
        <div className="chips">
          {v.visit.reasons[why].map((reason) => (
            <Button key={reason} pressed={seen.note === reason} onPress={() => set({ note: reason })}>
              {reason}
            </Button>
          ))}
        </div>
      )}
      <Field
        label={why ? v.visit.why[why] : v.visit.note}
        error={lack === 'reason' ? v.visit.needsReason : undefined}
      >
        <textarea
          rows={2}
          maxLength={500}
          value={seen.note}
          onChange={({ currentTarget }) => set({ note: currentTarget.value })}
        />
      </Field>
      {why !== 'not_applicable' && (
        <Pictures {...{ workId, standard, sequence, seen }} needed={lack === 'picture'} />
      )}
    </div>
  )
}
