import { useWords } from '../../words/index.ts'

interface Props {
  taken: number
  min: number
  target: number
  max: number
}

const percent = (part: number, whole: number) => `${Math.min(100, (100 * part) / Math.max(1, whole))}%`

/** How full a shift is: the number, and a bar with marks for minimum and target, hatched below the minimum. */
export function FillBar({ taken, min, target, max }: Props) {
  const { w } = useWords()
  const title = w.shifts.fillTitle(taken, min, target, max)
  const state = taken < min ? 'low' : taken < target ? 'short' : 'full'
  return (
    <span className={`fill ${state}`} title={title}>
      <span aria-hidden="true">{w.shifts.fillText(taken, target)}</span>
      <span className="hear">{title}</span>
      <span className="track" aria-hidden="true">
        <i style={{ width: percent(taken, max) }} />
        <b style={{ left: percent(min, max) }} />
        <b style={{ left: percent(target, max) }} />
      </span>
    </span>
  )
}
