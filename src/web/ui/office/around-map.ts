/** A map to set something on: the zones around it as thin lines, in the way of nothing. */
import 'leaflet/dist/leaflet.css'
import * as L from 'leaflet'
import { colours } from '../../tokens.ts'
import type { Feature } from './outline-map.ts'

export type Position = [longitude: number, latitude: number]

export interface AroundActs {
  zoomIn: string
  zoomOut: string
}

export const at = ([longitude, latitude]: Position): L.LatLngTuple => [latitude, longitude]
export const positionOf = ({ lat, lng }: L.LatLng): Position => [
  Number(lng.toFixed(6)),
  Number(lat.toFixed(6)),
]

/** Around the city, where there is nothing to see yet. */
const nowhere: L.LatLngBoundsLiteral = [
  [40.8, 123.5],
  [41.6, 124.3],
]

/**
 * @param chosen of the zones: drawn stronger
 * @returns the map, which draws nothing before `look` told it what it shows
 */
export function aroundMap(
  element: HTMLElement,
  around: readonly Feature[],
  acts: AroundActs,
  chosen?: string,
) {
  const map = L.map(element, { zoomSnap: 0.25, attributionControl: false, zoomControl: false })
  L.control.zoom({ zoomInTitle: acts.zoomIn, zoomOutTitle: acts.zoomOut }).addTo(map)
  const others = L.featureGroup()
  const own = L.featureGroup()
  for (const { id, geometry } of around) {
    if (geometry?.coordinates === undefined) continue
    const thin = { color: colours.soft, weight: 1, fillOpacity: 0.05, interactive: false }
    const style = id === chosen ? { ...thin, color: colours.brand, weight: 2 } : thin
    const pointToLayer = (_: unknown, place: L.LatLng) => L.circleMarker(place, { ...style, radius: 3 })
    L.geoJSON(geometry as never, { style: () => style, interactive: false, pointToLayer }).addTo(
      id === chosen ? own : others,
    )
  }
  const resize = new ResizeObserver(() => map.invalidateSize({ animate: false }))
  return {
    map,
    /** Shows this, else the chosen zone, else all of them. */
    look(focus: L.LatLngBounds | undefined) {
      const near = own.getBounds()
      const shown = [
        focus,
        near.isValid() ? near.pad(0.2) : near,
        others.getBounds(),
        L.latLngBounds(nowhere),
      ]
      const first = shown.find((bounds) => bounds?.isValid()) as L.LatLngBounds
      map.fitBounds(first, { animate: false, maxZoom: 17 })
      others.addTo(map)
      own.addTo(map)
      resize.observe(element)
    },
    remove() {
      resize.disconnect()
      map.remove()
    },
  }
}
