import { useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'
import { type Feature, outlineMap } from './outline-map.ts'

interface Props {
  features: readonly Feature[]
  label: string
  zoomIn: string
  zoomOut: string
  /** The address of what is opened by a click. */
  to: (id: string) => string
  /** What is shown stronger, and in the middle. */
  chosen?: string
}

/** Zones on a map by their outlines, and places by points. */
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
