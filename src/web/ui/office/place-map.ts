/** One place set by hand over the zones around it: a click sets it, and it is dragged. */
import * as L from 'leaflet'
import { type AroundActs, aroundMap, at, type Position, positionOf } from './around-map.ts'
import type { Feature } from './outline-map.ts'

export interface PlaceActs extends AroundActs {
  /** Where it is after somebody set it by hand. */
  placed: (place: Position) => void
}

export interface Placing {
  /** Shows another place, typed or undone; undefined: none. */
  show: (place: Position | undefined) => void
  remove: () => void
}

const icon = L.divIcon({ className: 'corner place', iconSize: [20, 20] })
/** How far around a place one sees, in degrees. */
const around = 0.004

/** Whoever uses no mouse types the same numbers beside the map. */
export function placeMap(
  element: HTMLElement,
  features: readonly Feature[],
  { place, chosen }: { place: Position | undefined; chosen: string | undefined },
  acts: PlaceActs,
): Placing {
  const base = aroundMap(element, features, acts, chosen)
  const { map } = base
  base.look(place && L.latLng(at(place)).toBounds(around * 2 * 111_000))
  let marker: L.Marker | undefined
  const show = (next: Position | undefined) => {
    if (!next) {
      marker?.remove()
      marker = undefined
    } else if (marker) marker.setLatLng(at(next))
    else
      marker = L.marker(at(next), { icon, draggable: true, keyboard: false })
        .on('dragend', ({ target }) => acts.placed(positionOf(target.getLatLng())))
        .addTo(map)
    if (next && !map.getBounds().contains(at(next))) map.panTo(at(next), { animate: false })
  }
  show(place)
  map.on('click', ({ latlng }) => {
    const next = positionOf(latlng)
    show(next)
    acts.placed(next)
  })
  return { show, remove: base.remove }
}
