/** A map of zones by their outlines: Leaflet on one canvas, without tiles. Districts are drawn above as lines with names. */
import 'leaflet/dist/leaflet.css'
import * as L from 'leaflet'
import { langOf } from '../../core/language.ts'
import { colours } from '../../tokens.ts'

type Geometry = { type: string; coordinates: unknown[] }

/** What is drawn: a zone by its outline, or a place by a point. */
export interface Feature {
  id: string
  geometry: { type?: string; coordinates?: unknown[] } | null
  properties: { name: string; kind: string }
}

/** What somebody can do on the map, in their words. */
export interface OutlineActs {
  choose: (id: string) => void
  zoomIn: string
  zoomOut: string
}

/** Whether a zone is a district or county: drawn as a line with its name. */
export const isDistrict = ({ properties }: Feature) =>
  ['district', 'county', 'county_city', 'autonomous_county'].includes(properties.kind)
const hasPlace = ({ geometry }: Feature) => geometry?.coordinates !== undefined

function layerOf(feature: Feature): L.GeoJSON {
  const fillOpacity = feature.properties.kind === 'point' ? 0.7 : 0.12
  const line = isDistrict(feature)
    ? { color: colours.ink, weight: 2, fill: false }
    : { color: colours.primary, weight: 1, fillColor: colours.primary, fillOpacity }
  const point = (_: unknown, at: L.LatLng) => L.circleMarker(at, { ...line, radius: 6, fillOpacity: 0.6 })
  return L.geoJSON(feature.geometry as Geometry as never, { style: () => line, pointToLayer: point })
}

/** A name that people gave, marked as `Given` marks it. */
function given(name: string): HTMLElement {
  const element = document.createElement('span')
  element.textContent = name
  element.translate = false
  const lang = langOf(name)
  if (lang) element.lang = lang
  return element
}

/** How many of these have a place on the map. */
export const placed = (features: readonly Feature[]): number => features.filter(hasPlace).length

/**
 * Draws zones, `chosen` of them stronger. The canvas tells nothing to whoever listens: a list beside it does.
 * @returns takes the map away
 */
export function outlineMap(
  element: HTMLElement,
  features: readonly Feature[],
  acts: OutlineActs,
  chosen?: string,
): () => void {
  const map = L.map(element, {
    preferCanvas: true,
    zoomSnap: 0.25,
    attributionControl: false,
    zoomControl: false,
  })
  L.control.zoom({ zoomInTitle: acts.zoomIn, zoomOutTitle: acts.zoomOut }).addTo(map)
  const bounds = L.latLngBounds([])
  const focus = L.latLngBounds([])
  // Districts last, so that their lines lie above what is in them.
  const inOrder = [...features].filter(hasPlace).sort((a, b) => Number(isDistrict(a)) - Number(isDistrict(b)))
  for (const feature of inOrder) {
    const layer = layerOf(feature).addTo(map)
    bounds.extend(layer.getBounds())
    if (feature.id === chosen) {
      layer.setStyle({ color: colours.brand, weight: 3, fillOpacity: 0.25 })
      focus.extend(layer.getBounds())
    }
    layer.on('click', () => acts.choose(feature.id))
    layer.bindTooltip(given(feature.properties.name), {
      permanent: isDistrict(feature),
      direction: 'center',
      sticky: !isDistrict(feature),
      className: isDistrict(feature) ? 'districtname' : '',
    })
  }
  const shown = focus.isValid() ? focus.pad(1) : bounds
  if (shown.isValid()) map.fitBounds(shown, { padding: [16, 16], animate: false, maxZoom: 17 })
  // What somebody has moved to stays in view.
  const resize = new ResizeObserver(() => map.invalidateSize({ animate: false }))
  resize.observe(element)
  return () => {
    resize.disconnect()
    map.remove()
  }
}
