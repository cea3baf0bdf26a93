import { Link } from 'react-router'
import { type Judgement, judgements } from '#modules/imports/words.ts'
import { useWords } from '../words/index.ts'
import { judgementOrder } from './facts.ts'

/** A sign for each judgement, beside its word and never instead of it. */
export const signs: Record<Judgement, string> = {
  error: '✕',
  needs_decision: '?',
  new: '+',
  update: '△',
  unchanged: '=',
  duplicate: '≡',
  skipped: '–',
}

/** A judgement by its sign and its word; `short`: only the sign is seen, and the word is heard. */
export function Mark({ judgement, short }: { judgement: Judgement; short?: boolean }) {
  const { say } = useWords()
  return (
    <span className={`mark-of ${judgement}`}>
      <span aria-hidden="true">{signs[judgement]} </span>
      {short ? <span className="hear">{say(judgements[judgement])}</span> : say(judgements[judgement])}
    </span>
  )
}

interface Props {
  counts: Partial<Record<string, number>>
  /** Where the rows of a judgement are listed. */
  to?: (judgement: Judgement) => { search: string }
}

/** How many rows of each judgement; each number leads to them. */
export function Marks({ counts, to }: Props) {
  const { say } = useWords()
  const there = judgementOrder.filter((judgement) => (counts[judgement] ?? 0) > 0)
  if (there.length === 0) return <span className="soft">—</span>
  return (
    <span className="marks-of">
      {there.map((judgement) => {
        const text = (
          <>
            <span aria-hidden="true">{signs[judgement]}</span> {say(judgements[judgement])}{' '}
            {counts[judgement]}
          </>
        )
        return to ? (
          <Link key={judgement} className={`mark-of ${judgement}`} to={to(judgement)}>
            {text}
          </Link>
        ) : (
          <span key={judgement} className={`mark-of ${judgement}`}>
            {text}
          </span>
        )
      })}
    </span>
  )
}
