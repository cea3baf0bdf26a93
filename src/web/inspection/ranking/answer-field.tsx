import { InputNumber } from 'antd'
import { type ObservationAnswer, observationAnswers } from '#modules/inspection/words.ts'
import { Choice } from '../../ui/office/choice.tsx'
import { Field } from '../../ui/office/field.tsx'
import { optionsOf } from '../options.ts'
import { type Asked, type Wish, wishFits } from './wish.ts'
import { useRankingWords } from './words/index.ts'

interface Props {
  /** What stands there, and which answers its standard admits. */
  asked: Asked
  wish: Wish
  set: (wish: Wish) => void
}

/** What should stand there instead: an answer, or a count where counts are answered. */
export function AnswerField({ asked, wish, set }: Props) {
  const { r, say } = useRankingWords()
  const counts = asked.standard.answer === 'count'
  const answers = optionsOf(observationAnswers, say).filter(
    ({ value }) => value !== 'not_applicable' || asked.standard.mayNotApply,
  )
  // Of what is counted the answer follows from the count; only that it does not apply, or was not seen, is said.
  const said = counts
    ? [
        { value: 'met' as const, label: r.byCount },
        ...answers.filter(({ value }) => value === 'not_applicable' || value === 'not_seen'),
      ]
    : answers
  return (
    <>
      <Field
        label={r.wanted}
        name="wish-answer"
        wrong={wish.answer && !wishFits(asked, wish) ? r.same : undefined}
      >
        <Choice
          id="wish-answer"
          label={r.wanted}
          all={r.wanted}
          options={said}
          value={wish.answer}
          onChange={(answer) => set({ ...wish, answer: answer as ObservationAnswer | null })}
        />
      </Field>
      {counts && wish.answer === 'met' && (
        <Field label={r.wantedCount} name="wish-count">
          <InputNumber
            id="wish-count"
            min={0}
            max={1_000_000}
            precision={0}
            controls={false}
            value={wish.count}
            onChange={(count) => set({ ...wish, count })}
          />
        </Field>
      )}
    </>
  )
}
