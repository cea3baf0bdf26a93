/** A place on Earth, WGS-84 degrees. */
export interface Place {
  latitude: number
  longitude: number
}

const earthRadiusMetres = 6_371_008.8
const radians = Math.PI / 180

/**
 * Puts places on a plane in metres around `origin` (local equirectangular projection). Within 100 km of it
 * distances are right to a few parts in a thousand, which is finer than any way on foot is known.
 */
export function planeAround(origin: Place): (place: Place) => { x: number; y: number } {
  const narrowing = Math.cos(origin.latitude * radians)
  return ({ latitude, longitude }) => ({
    x: Math.round((longitude - origin.longitude) * radians * narrowing * earthRadiusMetres),
    y: Math.round((latitude - origin.latitude) * radians * earthRadiusMetres),
  })
}

/** The middle of some places; the equator's zero when there are none. */
export function middleOf(places: readonly Place[]): Place {
  const mean = (pick: (place: Place) => number) =>
    places.reduce((sum, place) => sum + pick(place), 0) / Math.max(1, places.length)
  return { latitude: mean((place) => place.latitude), longitude: mean((place) => place.longitude) }
}
