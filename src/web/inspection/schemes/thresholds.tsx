import { Button, InputNumber } from 'antd'
import { useSchemeWords } from '../words/index.ts'
import type { Threshold } from './standard-fields.ts'

interface Props {
  thresholds: readonly Threshold[]
  wrong: string | undefined
  onChange: (thresholds: Threshold[]) => void
}

/** 计分档: what a count scores; the last one has no end. */
export function Thresholds({ thresholds, wrong, onChange }: Props) {
  const { r } = useSchemeWords()
  const set = (at: number, change: Partial<Threshold>) =>
    onChange(thresholds.map((each, n) => (n === at ? { ...each, ...change } : each)))
  const add = () => {
    const before = thresholds.at(-2)
    const score = ((before?.score ?? 1) + (thresholds.at(-1)?.score ?? 0)) / 2
    const one = { upTo: (before?.upTo ?? -1) + 1, score }
    onChange([...thresholds.slice(0, -1), one, ...thresholds.slice(-1)])
  }
  return (
    <fieldset className="plain">
      <legend className="label">{r.thresholds}</legend>
      <div className="lines">
        {thresholds.map(({ upTo, score }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are told apart by their place alone
          <div key={at} className="inspection-line">
            {upTo === null ? (
              <span className="inspection-more">{r.more}</span>
            ) : (
              <InputNumber
                aria-label={r.upTo}
                prefix={r.upTo}
                min={0}
                max={1_000_000}
                precision={0}
                controls={false}
                value={upTo}
                onChange={(value) => set(at, { upTo: value ?? 0 })}
              />
            )}
            <InputNumber
              aria-label={r.score}
              prefix={r.score}
              suffix="%"
              min={0}
              max={100}
              controls={false}
              value={Math.round(score * 1000) / 10}
              onChange={(value) => set(at, { score: (value ?? 0) / 100 })}
            />
            {upTo !== null && thresholds.length > 2 && (
              <Button
                aria-label={r.removeThreshold(at + 1)}
                onClick={() => onChange(thresholds.filter((_, n) => n !== at))}
              >
                ✕
              </Button>
            )}
          </div>
        ))}
      </div>
      {wrong && <p className="wrong">{wrong}</p>}
      <Button onClick={add}>{r.addThreshold}</Button>
    </fieldset>
  )
}
