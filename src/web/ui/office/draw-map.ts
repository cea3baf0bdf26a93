/** One outline drawn by hand over those around it: corners are set, dragged, put in between and taken away. */
import * as L from 'leaflet'
import { colours } from '../../tokens.ts'
import { type AroundActs, aroundMap, at, type Position, positionOf } from './around-map.ts'
import type { Feature } from './outline-map.ts'

export interface DrawActs extends AroundActs {
  /** The outline after somebody changed it by hand. */
  drawn: (ring: Position[]) => void
}

export interface Drawing {
  /** Shows another outline, typed or undone. */
  show: (ring: readonly Position[]) => void
  remove: () => void
}

const corner = (between: boolean) =>
  L.divIcon({ className: between ? 'corner between' : 'corner', iconSize: between ? [10, 10] : [16, 16] })

/** A copy with corners taken out and put in; the oldest browsers have no `toSpliced`. */
function spliced(ring: readonly Position[], from: number, taken: number, ...put: Position[]): Position[] {
  return [...ring.slice(0, from), ...put, ...ring.slice(from + taken)]
}

/**
 * A click sets the next corner; a corner is dragged, and taken away by a click on it; a small one between two becomes a
 * corner when it is dragged. Whoever uses no mouse types the same corners beside the map.
 */
export function drawMap(
  element: HTMLElement,
  around: readonly Feature[],
  ring: readonly Position[],
  acts: DrawActs,
): Drawing {
  const base = aroundMap(element, around, acts)
  const { map } = base
  let now: Position[] = [...ring]
  const shape = L.polygon(now.map(at), {
    color: colours.brand,
    weight: 3,
    fillOpacity: 0.15,
    interactive: false,
  })
  base.look(now.length > 0 ? shape.getBounds().pad(0.5) : undefined)
  shape.addTo(map)
  const corners = L.layerGroup().addTo(map)

  const changed = (next: Position[]) => {
    now = next
    draw()
    acts.drawn(next)
  }
  const marker = (place: Position, between: boolean, put: (dragged: Position) => Position[]) =>
    L.marker(at(place), { icon: corner(between), draggable: true, keyboard: false })
      .on('drag', ({ target }) => shape.setLatLngs(put(positionOf(target.getLatLng())).map(at)))
      .on('dragend', ({ target }) => changed(put(positionOf(target.getLatLng()))))
      .addTo(corners)
  function draw() {
    shape.setLatLngs(now.map(at))
    corners.clearLayers()
    for (const [index, place] of now.entries()) {
      marker(place, false, (dragged) => spliced(now, index, 1, dragged)).on('click', () =>
        changed(spliced(now, index, 1)),
      )
      const next = now[(index + 1) % now.length] as Position
      if (now.length < 2 || (now.length === 2 && index === 1)) continue
      const middle: Position = [(place[0] + next[0]) / 2, (place[1] + next[1]) / 2]
      marker(middle, true, (dragged) => spliced(now, index + 1, 0, dragged))
    }
  }
  draw()
  map.on('click', ({ latlng }) => changed([...now, positionOf(latlng)]))
  return {
    show(next) {
      now = [...next]
      draw()
    },
    remove: base.remove,
  }
}
