interface Props {
  part: number
  whole: number
  /** The share that matters most. */
  strong?: boolean
}

/** A share as a bar with its per cent beside it. */
export function ShareBar({ part, whole, strong }: Props) {
  const percent = whole > 0 ? (100 * part) / whole : 0
  return (
    <span className={strong ? 'share strong' : 'share'}>
      <span className="track" aria-hidden="true">
        <i style={{ width: `${percent}%` }} />
      </span>
      {`${percent.toFixed(1)}%`}
    </span>
  )
}
