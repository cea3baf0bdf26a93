import { useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'
import type { ZoneFeatures } from '../../api/operations.ts'
import { outlineMap } from './outline-map.ts'

interface Props {
  features: ZoneFeatures['features']
  label: string
  zoomIn: string
  zoomOut: string
  /** The address of a zone, opened by a click. */
  to: (zoneId: string) => string
  /** The zone that is shown stronger, and in the middle. */
  chosen?: string
}

/** Zones on a map, by their outlines. */
export function Outlines({ features, label, zoomIn, zoomOut, to, chosen }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const navigate = useNavigate()
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew when the zones are others
  useEffect(() => {
    if (!box.current) return
    const choose = (id: string) => void navigate(to(id))
    return outlineMap(box.current, features, { choose, zoomIn, zoomOut }, chosen)
  }, [features, chosen, zoomIn])
  return (
    <section className="outlines" aria-label={label}>
      <div ref={box} className="canvas" />
    </section>
  )
}
