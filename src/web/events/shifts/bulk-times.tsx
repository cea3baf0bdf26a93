import { Button } from 'antd'
import type { Wall } from '../../core/time.ts'
import { MomentPicker } from '../../ui/office/moment-picker.tsx'
import { useWords, type Words } from '../../words/index.ts'

export interface BatchTime {
  startsAt: Wall | null
  endsAt: Wall | null
}
type TimeProblems = Partial<Record<keyof BatchTime, string>>

export function timeProblems({ startsAt, endsAt }: BatchTime, w: Words): TimeProblems {
  if (!startsAt) return { startsAt: w.field.missing }
  if (!endsAt) return { endsAt: w.field.missing }
  return startsAt < endsAt ? {} : { endsAt: w.shifts.wrongOrder }
}

interface Props {
  zone: string
  times: BatchTime[]
  wrong: readonly TimeProblems[]
  onChange: (times: BatchTime[]) => void
}

/** The times of a bulk creation, one a row. */
export function Times({ zone, times, wrong, onChange }: Props) {
  const { w } = useWords()
  const { shifts: s } = w
  const change = (at: number, change: Partial<BatchTime>) =>
    onChange(times.map((time, index) => (index === at ? { ...time, ...change } : time)))
  return (
    <div className="field">
      {times.map((time, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place alone
        <div key={at}>
          <div className="row wide">
            <MomentPicker
              id={`bulk-start-${at}`}
              zone={zone}
              label={s.start}
              placeholder={s.start}
              value={time.startsAt}
              onChange={(startsAt) => change(at, { startsAt })}
            />
            <MomentPicker
              id={`bulk-end-${at}`}
              zone={zone}
              label={s.end}
              placeholder={s.end}
              value={time.endsAt}
              onChange={(endsAt) => change(at, { endsAt })}
            />
            {times.length > 1 && (
              <Button onClick={() => onChange(times.filter((_, index) => index !== at))}>
                <span aria-hidden="true">✕</span>
                <span className="hear">{s.removeTime}</span>
              </Button>
            )}
          </div>
          {(wrong[at]?.startsAt ?? wrong[at]?.endsAt) && (
            <p className="wrong" role="alert">
              {wrong[at]?.startsAt ?? wrong[at]?.endsAt}
            </p>
          )}
        </div>
      ))}
      <Button
        type="link"
        onClick={() => onChange([...times, times.at(-1) ?? { startsAt: null, endsAt: null }])}
      >
        + {s.addTime}
      </Button>
    </div>
  )
}
