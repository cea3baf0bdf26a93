import { Button, Input } from 'antd'
import { useEffect, useRef } from 'react'
import { mapZones } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { type Drawing, drawMap } from '../ui/office/draw-map.ts'
import { Field } from '../ui/office/field.tsx'
import { type Ring, ringsIn, textOf } from './boundary.ts'
import { useGridWords } from './words.ts'

interface Props {
  /** The id of the corners as text. */
  id?: string
  /** What tells it apart from another on the same page. */
  of?: string
  text: string
  wrong?: string | undefined
  /** Only zones of this district are drawn around it. */
  districtCode: string | null
  onChange: (text: string) => void
}

/** The outline of a zone: drawn on the map, or typed as corners; both are the same. */
export function BoundaryField({ id = 'zone-boundary', of, text, wrong, districtCode, onChange }: Props) {
  const { r } = useGridWords()
  const rings = ringsIn(text)
  const several = Array.isArray(rings) && rings.length > 1
  return (
    <div className="field wide">
      <span className="label">{r.outline}</span>
      {several ? (
        <p className="note">{r.severalParts}</p>
      ) : (
        <Drawn
          label={of ? `${r.drawLabel} · ${of}` : r.drawLabel}
          ring={Array.isArray(rings) ? (rings[0] ?? []) : undefined}
          districtCode={districtCode}
          onDrawn={(ring) => onChange(textOf(ring.length > 0 ? [ring] : []))}
        />
      )}
      <div className="field row middle">
        <Button disabled={text.trim() === ''} onClick={() => onChange('')}>
          {r.clearOutline}
        </Button>
      </div>
      <Field optional label={r.corners} name={id} hint={r.cornersHint} wrong={wrong}>
        <Input.TextArea
          id={id}
          rows={5}
          value={text}
          spellCheck={false}
          onChange={({ target }) => onChange(target.value)}
        />
      </Field>
    </div>
  )
}

interface DrawnProps {
  label: string
  /** Undefined while what is typed is no outline: the map shows the last one. */
  ring: Ring | undefined
  districtCode: string | null
  onDrawn: (ring: Ring) => void
}

function Drawn({ label, ring, districtCode, onDrawn }: DrawnProps) {
  const { r } = useGridWords()
  const box = useRef<HTMLDivElement>(null)
  const drawing = useRef<Drawing>(undefined)
  const drawn = useRef(onDrawn)
  drawn.current = onDrawn
  const around = useAsk(mapZones, { query: districtCode ? { districtCode } : {} })
  const features = around.data?.features
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn by hand is there already
  useEffect(() => {
    if (!box.current || !features) return
    const acts = { zoomIn: r.zoomIn, zoomOut: r.zoomOut, drawn: (next: Ring) => drawn.current(next) }
    drawing.current = drawMap(box.current, features, ring ?? [], acts)
    return () => drawing.current?.remove()
  }, [features, r.zoomIn])
  const said = JSON.stringify(ring)
  useEffect(() => {
    if (said) drawing.current?.show(JSON.parse(said) as Ring)
  }, [said])
  return (
    <section className="outlines drawn" aria-label={label}>
      <p className="hint">{r.drawHint}</p>
      <div ref={box} className="canvas" />
    </section>
  )
}
