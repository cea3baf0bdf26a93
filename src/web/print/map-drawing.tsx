import { langOf } from '../core/language.ts'
import type { Sketch } from './outline.ts'

interface Props {
  sketch: Sketch
  label: string
  /** The zone that is drawn stronger. */
  chosen?: string
  /** Whether zones are numbered, for a list beside the drawing; districts are named on it. */
  numbered?: boolean
}

/** The drawing itself: districts as bold lines with names, zones as thin ones with numbers. */
export function MapDrawing({ sketch: { width, height, outlines }, label, chosen, numbered = false }: Props) {
  const zones = outlines.filter(({ district }) => !district)
  const around = outlines.filter(({ district }) => district)
  return (
    <div translate="no">
      <svg className="sketch" viewBox={`-10 -10 ${width + 20} ${height + 20}`} role="img" aria-label={label}>
        {zones.map(({ id, path, at: [x, y] }) =>
          path ? (
            <path key={id} d={path} className={id === chosen ? 'zone chosen' : 'zone'} />
          ) : (
            <circle key={id} cx={x} cy={y} r={4} className={id === chosen ? 'zone chosen' : 'zone'} />
          ),
        )}
        {around.map(({ id, path }) => (
          <path key={id} d={path} className={id === chosen ? 'around chosen' : 'around'} />
        ))}
        {numbered &&
          zones.map(({ id, at: [x, y] }, index) => (
            <text key={id} x={x} y={y} className="zonenumber">
              {index + 1}
            </text>
          ))}
        {around.map(({ id, name, at: [x, y] }) => (
          <text key={id} x={x} y={y} className="districtname" lang={langOf(name)}>
            {name}
          </text>
        ))}
      </svg>
    </div>
  )
}
