/** A place on Earth, WGS-84 degrees. */
export interface Place {
  latitude: number
  longitude: number
}

const earthRadiusMetres = 6_371_008.8
const radians = Math.PI / 180
/** Farther places are put at this distance: one base with wrong coordinates must not make the whole plan fail. */
const edgeMetres = 500_000

/**
 * A projection to a plane in metres around `origin` (local equirectangular). Within 100 km distances are exact to a
 * few parts in a thousand, which is better than any estimate of walking distance.
 */
export function planeAround(origin: Place): (place: Place) => { x: number; y: number } {
  const narrowing = Math.cos(origin.latitude * radians)
  const within = (metres: number) => Math.round(Math.max(-edgeMetres, Math.min(edgeMetres, metres)))
  return ({ latitude, longitude }) => ({
    x: within((longitude - origin.longitude) * radians * narrowing * earthRadiusMetres),
    y: within((latitude - origin.latitude) * radians * earthRadiusMetres),
  })
}

/**
 * The centre of some places by the median, which is robust against a few wrong coordinates; (0, 0) when there are
 * none.
 */
export function middleOf(places: readonly Place[]): Place {
  const median = (pick: (place: Place) => number) =>
    places.map(pick).sort((a, b) => a - b)[Math.floor(places.length / 2)] ?? 0
  return { latitude: median((place) => place.latitude), longitude: median((place) => place.longitude) }
}
