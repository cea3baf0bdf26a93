/** The map of an event's zones: Leaflet on one canvas, without tiles. */
import 'leaflet/dist/leaflet.css'
import * as L from 'leaflet'
import type { PlaceList } from '../../api/operations.ts'
import { hereOf, isBelowHalf, stepOf, steps, type Zone } from './scale.ts'

type Place = PlaceList['items'][number]

/** From this zoom on, zones show their numbers; at most so many at once. */
const numbersZoom = 15
const numbersMax = 80

/** Below this size in pixels a zone could not be seen as an area: it is a dot. */
const areaMin = 14

/** What somebody can do on the map, in their words; a screen has nobody. */
export interface MapActs {
  choose: (zoneId: string) => void
  zoomIn: string
  zoomOut: string
}

export interface ZoneMap {
  show(zones: readonly Zone[]): void
  remove(): void
}

/** A colour with stripes over it, as the canvas takes it. */
function hatched(colour: string): CanvasPattern | string {
  const tile = document.createElement('canvas')
  tile.width = tile.height = 8
  const ctx = tile.getContext('2d')
  if (!ctx) return colour
  ctx.fillStyle = colour
  ctx.fillRect(0, 0, 8, 8)
  ctx.strokeStyle = '#7a1f1f'
  ctx.lineWidth = 1.5
  ctx.beginPath()
  for (const at of [-8, 0, 8]) {
    ctx.moveTo(at, 8)
    ctx.lineTo(at + 8, 0)
  }
  ctx.stroke()
  return ctx.createPattern(tile, 'repeat') ?? colour
}

const latLng = ([longitude = 0, latitude = 0]: readonly number[]): L.LatLngTuple => [latitude, longitude]

/** A zone as an area, where its boundary is known, and as a dot: one of them is on the map. */
interface Drawn {
  area: L.Polygon | undefined
  dot: L.CircleMarker
  shown: L.Path | undefined
  /** As it is drawn. */
  fill?: CanvasPattern | string
  /** The numbers that stand on it. */
  says?: string | undefined
}

function drawnOf({ rings, centre }: Place): Drawn | undefined {
  const area = rings.length > 0 ? L.polygon(rings.map((ring) => ring.map(latLng))) : undefined
  const at = centre ? latLng(centre) : area?.getBounds().getCenter()
  return at && { area, dot: L.circleMarker(at, { radius: 6 }), shown: undefined }
}

/** Draws the zones that have a place. The canvas itself tells nothing to whoever listens: a table beside it does. */
export function zoneMap(element: HTMLElement, places: readonly Place[], acts?: MapActs): ZoneMap {
  const still = acts === undefined
  const map = L.map(element, {
    preferCanvas: true,
    zoomSnap: 0.25,
    attributionControl: false,
    zoomControl: false,
    keyboard: !still,
    dragging: !still,
    scrollWheelZoom: !still,
  })
  if (acts) L.control.zoom({ zoomInTitle: acts.zoomIn, zoomOutTitle: acts.zoomOut }).addTo(map)
  const fills = steps.map((colour) => [colour, hatched(colour)] as const)
  const drawn = new Map<string, Drawn>()
  const bounds = L.latLngBounds([])
  for (const place of places) {
    const one = drawnOf(place)
    if (!one) continue
    drawn.set(place.id, one)
    bounds.extend(one.area?.getBounds() ?? one.dot.getLatLng())
    if (acts) for (const shape of [one.area, one.dot]) shape?.on('click', () => acts.choose(place.id))
  }
  const showAll = () => bounds.isValid() && map.fitBounds(bounds, { padding: [16, 16], animate: false })
  const isVisible = (area: L.Polygon) => {
    const [one, other] = [area.getBounds().getNorthWest(), area.getBounds().getSouthEast()]
    const size = map.latLngToLayerPoint(other).subtract(map.latLngToLayerPoint(one))
    return Math.max(size.x, size.y) >= areaMin
  }
  showAll()
  let known: readonly Zone[] = []
  const place = () => {
    for (const one of drawn.values()) {
      const wanted = one.area && isVisible(one.area) ? one.area : one.dot
      if (one.shown === wanted) continue
      one.shown?.remove()
      one.shown = wanted.addTo(map)
    }
  }
  const number = () => {
    const near = map.getZoom() >= numbersZoom
    let shown = 0
    for (const zone of known) {
      const one = drawn.get(zone.id)
      const shape = one?.shown
      if (!one || !shape) continue
      const says = near && shown < numbersMax ? `${hereOf(zone)}/${zone.expected}` : undefined
      if (says) shown++
      if (one.says === says && (!says || shape.getTooltip())) continue
      one.says = says
      for (const each of [one.area, one.dot]) each?.unbindTooltip()
      if (says) shape.bindTooltip(says, { permanent: true, direction: 'center' })
    }
  }
  if (bounds.isValid()) place()
  map.on('zoomend', () => {
    place()
    number()
  })
  const resize = new ResizeObserver(() => {
    map.invalidateSize({ animate: false })
    if (still) showAll()
    place()
  })
  resize.observe(element)
  return {
    show(zones) {
      known = zones
      for (const zone of zones) {
        const [plain, stripes] = fills[stepOf(zone)] ?? ['#ffffff', '#ffffff']
        const one = drawn.get(zone.id)
        const fill = isBelowHalf(zone) ? stripes : plain
        // Whatever is given a style is drawn anew, and what lies around it.
        if (!one || one.fill === fill) continue
        one.fill = fill
        // The canvas takes a pattern wherever it takes a colour.
        for (const shape of [one.area, one.dot])
          shape?.setStyle({ color: '#44505c', weight: 1, fillColor: fill as string, fillOpacity: 0.9 })
      }
      number()
    },
    remove() {
      resize.disconnect()
      map.remove()
    },
  }
}
