import type { Book } from '../api/operations.ts'
import { useCityWords } from './words.ts'

/** 漏斗: the numbers, and a bar in which colour is never alone. */
export function FunnelBar({ funnel }: { funnel: Book['funnel'] }) {
  const { r } = useCityWords()
  const all = funnel.tasks - funnel.cancelled
  const text = r.funnel(funnel.closed, all, funnel.overdue)
  const width = (part: number) => ({ width: `${(100 * part) / Math.max(1, all)}%` })
  return (
    <span>
      <span className={funnel.overdue > 0 ? 'bad' : undefined}>{text}</span>
      <span className="funnel" aria-hidden="true">
        <i className="closed" style={width(funnel.closed)} />
        <i className="reported" style={width(funnel.reported)} />
        <i className="accepted" style={width(funnel.accepted)} />
        <i className="suspended" style={width(funnel.suspended)} />
      </span>
    </span>
  )
}
