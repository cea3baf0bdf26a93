/** The figures of the day, as the screen and the day page show them. */
import { type ReactNode, useEffect, useRef } from 'react'
import type { Live, PlaceList } from '../../api/operations.ts'
import { clockText } from '../../core/time.ts'
import type { liveZh } from '../../words/live-zh.ts'
import { type Speech, useSpeech, type Widened } from '../../words/speech.ts'
import { Given } from '../plain/given.tsx'
import { type ZoneMap, zoneMap } from './map.ts'
import { hereOf, missingOf, rateOf, steps, worstOf, type Zone } from './scale.ts'

export type LiveWords = Widened<typeof liveZh>

/** The words of this room, in whichever entry it stands. */
export function useLiveWords() {
  const { w, language } = useSpeech() as Speech<{ live: LiveWords }>
  return { w: w.live, language }
}

export function ZoneName({ zone }: { zone: Pick<Zone, 'id' | 'name'> }) {
  const { w } = useLiveWords()
  return zone.name ? <Given>{zone.name}</Given> : w.schools
}

export function Totals({ total }: { total: Live['total'] }) {
  const { w } = useLiveWords()
  const missing = Math.max(0, total.expected - total.present - total.counted)
  return (
    <section className="totals" aria-label={`${w.expected}, ${w.present}, ${w.missing}`}>
      <dl>
        <div>
          <dt>{w.expected}</dt>
          <dd>{total.expected}</dd>
        </div>
        <div className="good">
          <dt>{w.present}</dt>
          <dd>{total.present}</dd>
        </div>
        <div className="bad">
          <dt>{w.missing}</dt>
          <dd>{missing}</dd>
        </div>
      </dl>
      <p className="soft">
        {w.late(total.late)}
        {total.counted > 0 && ` · ${w.counted(total.counted)}`}
      </p>
    </section>
  )
}

interface MapProps {
  places: PlaceList['items']
  zones: readonly Zone[]
  choose?: (zoneId: string) => void
}

export function WarMap({ places, zones, choose }: MapProps) {
  const { w } = useLiveWords()
  const box = useRef<HTMLDivElement>(null)
  const drawn = useRef<ZoneMap>(undefined)
  const chosen = useRef(choose)
  chosen.current = choose
  const can = choose !== undefined
  useEffect(() => {
    if (!box.current || places.length === 0) return
    const { zoomIn, zoomOut } = w
    const acts = { choose: (id: string) => chosen.current?.(id), zoomIn, zoomOut }
    const map = zoneMap(box.current, places, can ? acts : undefined)
    drawn.current = map
    return () => {
      drawn.current = undefined
      map.remove()
    }
  }, [places, can, w])
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew when the places are
  useEffect(() => drawn.current?.show(zones), [zones, places, can, w])
  if (places.length === 0) return <p className="nothing">{w.noPlaces}</p>
  return (
    <section className="war-map" aria-label={w.map}>
      <div className="canvas" ref={box} aria-hidden={can ? undefined : 'true'} />
      <Legend />
    </section>
  )
}

function Legend() {
  const { w } = useLiveWords()
  return (
    <p className="legend">
      <span>{w.legend}</span>
      {steps.map((colour, at) => (
        <span key={colour} className="key">
          <svg width="18" height="12" aria-hidden="true">
            <rect width="18" height="12" fill={colour} stroke="#44505c" />
            {at < 2 && <path d="M0 12 12 0M6 12 18 0" stroke="#7a1f1f" strokeWidth="1.5" />}
          </svg>
          {`${at * 20}–${(at + 1) * 20}%`}
        </span>
      ))}
      <span>{w.mapHint}</span>
    </p>
  )
}

export function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="live-panel">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

const width = 300
const height = 80

/** How arrivals grew, as a line; in words for whoever cannot see it. */
export function Curve({ live: { minutes, at: until }, timeZone }: { live: Live; timeZone: string }) {
  const { w } = useLiveWords()
  const [first, last] = [minutes[0], minutes.at(-1)]
  if (!first || !last) return <p className="nothing">{w.noArrivals}</p>
  const from = Date.parse(first.at) - 60_000
  const span = Math.max(60_000, Date.parse(until) - from, Date.parse(last.at) - from)
  const top = Math.max(1, ...minutes.map(({ present }) => present))
  const x = (at: string) => ((Date.parse(at) - from) / span) * width
  const y = (present: number) => height - (present / top) * (height - 4)
  const line = minutes.map(({ at, present }) => `H${x(at).toFixed(1)}V${y(present).toFixed(1)}`).join('')
  const shape = `M0 ${height}${line}H${width}`
  const text = w.curveText(clockText(first.at, timeZone), clockText(last.at, timeZone), last.present)
  return (
    <figure>
      <svg
        className="curve"
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={text}
      >
        <path className="area" d={`${shape}V${height}Z`} />
        <path className="line" d={shape} vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption>{text}</figcaption>
    </figure>
  )
}

/** The zones that most people are missing from. `act`: what can be done about one. */
export function Worst({
  zones,
  shown = 10,
  act,
}: {
  zones: readonly Zone[]
  shown?: number
  act?: (zone: Zone) => ReactNode
}) {
  const { w } = useLiveWords()
  const worst = worstOf(zones).slice(0, shown)
  if (worst.length === 0) return <p className="nothing">{w.noneMissing}</p>
  return (
    <ol className="worst">
      {worst.map((zone) => (
        <li key={zone.id}>
          <span className="zone-name">
            <ZoneName zone={zone} />
          </span>
          <meter min={0} max={1} value={rateOf(zone)} aria-hidden="true" />
          <span>{w.of(hereOf(zone), zone.expected)}</span>
          <strong>{w.short(missingOf(zone))}</strong>
          {act?.(zone)}
        </li>
      ))}
    </ol>
  )
}

export function TeamsShort({ teams }: { teams: Live['teamsShort'] }) {
  const { w } = useLiveWords()
  if (teams.length === 0) return <p className="nothing">{w.noTeams}</p>
  return (
    <ol className="worst">
      {teams.slice(0, 6).map(({ name, expected, present }) => (
        <li key={name}>
          <span className="zone-name">
            <Given>{name}</Given>
          </span>
          <meter min={0} max={1} value={present / expected} aria-hidden="true" />
          <span>{w.of(present, expected)}</span>
          <strong>{w.short(expected - present)}</strong>
        </li>
      ))}
    </ol>
  )
}

export function Latest({ latest, timeZone }: { latest: Live['latest']; timeZone: string }) {
  const { w } = useLiveWords()
  if (latest.length === 0) return <p className="nothing">{w.noLatest}</p>
  return (
    <ol className="latest">
      {latest.slice(0, 6).map(({ at, zone, arrived }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two arrivals may be alike in everything
        <li key={place}>
          <time dateTime={at}>{clockText(at, timeZone)}</time>
          <span className="zone-name">
            <ZoneName zone={{ id: '', name: zone }} />
          </span>
          <span>{w.arrived(arrived)}</span>
        </li>
      ))}
    </ol>
  )
}
