import { Button, Input } from 'antd'
import { useEffect, useRef } from 'react'
import { mapZones, readZone } from '../../api/operations.ts'
import { useAsk } from '../../core/query.ts'
import { Field } from '../../ui/office/field.tsx'
import { isDistrict } from '../../ui/office/outline-map.ts'
import { type Placing, placeMap } from '../../ui/office/place-map.ts'
import { usePointWords } from '../words/index.ts'
import { placeIn, placeText } from './point-fields.ts'

interface Props {
  text: string
  wrong: string | undefined
  /** In which zone the point is to lie. */
  zoneId: string | undefined
  onChange: (text: string) => void
}

/** Where a point is: set on the map, or typed as numbers; both are the same. */
export function PlaceField({ text, wrong, zoneId, onChange }: Props) {
  const { r } = usePointWords()
  return (
    <div className="field wide">
      <span className="label">{r.place}</span>
      <Placed text={text} zoneId={zoneId} onPlaced={onChange} />
      <div className="field row middle">
        <Button disabled={text.trim() === ''} onClick={() => onChange('')}>
          {r.clearPlace}
        </Button>
      </div>
      <Field optional label={r.placeField} name="point-place" hint={r.placeHint} wrong={wrong}>
        <Input
          id="point-place"
          value={text}
          maxLength={40}
          autoComplete="off"
          onChange={({ target }) => onChange(target.value)}
        />
      </Field>
    </div>
  )
}

function Placed({
  text,
  zoneId,
  onPlaced,
}: {
  text: string
  zoneId: string | undefined
  onPlaced: (text: string) => void
}) {
  const { r } = usePointWords()
  const box = useRef<HTMLDivElement>(null)
  const placing = useRef<Placing>(undefined)
  const placed = useRef(onPlaced)
  placed.current = onPlaced
  const zone = useAsk(readZone, { params: { zoneId: zoneId ?? '' } }, { skip: zoneId === undefined })
  const known = zoneId !== undefined && zone.data?.id === zoneId
  const districtCode = known ? zone.data?.districtCode : null
  const waits = zoneId !== undefined && !known && !zone.isError
  const around = useAsk(mapZones, { query: districtCode ? { districtCode } : {} }, { skip: waits })
  // Where no zone is chosen yet, districts are enough to find one's way.
  const features = waits
    ? undefined
    : around.data?.features.filter((feature) => zoneId !== undefined || isDistrict(feature))
  const drawn = features?.map(({ id }) => id).join()
  const typed = placeIn(text)
  const { latitude = null, longitude = null } = typed ?? {}
  const isPlace = typed !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew where the zones around it are others
  useEffect(() => {
    if (!box.current || !features) return
    const acts = {
      zoomIn: r.zoomIn,
      zoomOut: r.zoomOut,
      placed: ([east, north]: [number, number]) =>
        placed.current(placeText({ longitude: east, latitude: north }) ?? ''),
    }
    const place: [number, number] | undefined =
      latitude === null || longitude === null ? undefined : [longitude, latitude]
    placing.current = placeMap(box.current, features, { place, chosen: zoneId }, acts)
    return () => placing.current?.remove()
  }, [drawn, zoneId, r.zoomIn])
  useEffect(() => {
    // While what is typed is no place yet, the map shows the last one.
    if (isPlace)
      placing.current?.show(latitude === null || longitude === null ? undefined : [longitude, latitude])
  }, [isPlace, latitude, longitude])
  return (
    <section className="outlines drawn placing" aria-label={r.placeMap}>
      <p className="hint">{r.placeMapHint}</p>
      <div ref={box} className="canvas" />
    </section>
  )
}
