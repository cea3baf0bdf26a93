/** Where the phone is: asked for by somebody's tap, kept nowhere but in what they send. */
import { storeOf } from '../../core/store.ts'
import type { Position } from './kinds.ts'

/** `unknown`: nobody asked; `none`: it was not allowed, or could not be found. */
export const position = storeOf<Position | 'unknown' | 'asking' | 'none'>('unknown')

/** Finds where the phone is. The browser asks whoever holds it. */
export function locate(ms = 15_000): Promise<Position | null> {
  return new Promise((found) => {
    if (!navigator.geolocation) {
      position.set('none')
      found(null)
      return
    }
    if (typeof position.get() !== 'object') position.set('asking')
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        const here = { latitude, longitude }
        position.set(here)
        found(here)
      },
      () => {
        position.set('none')
        found(null)
      },
      { enableHighAccuracy: true, timeout: ms, maximumAge: 60_000 },
    )
  })
}

/** Where the phone is if that was allowed before; nobody is asked again at the end of a visit. */
export async function positionIfAllowed(): Promise<Position | null> {
  return typeof position.get() === 'object' ? locate(5_000) : null
}
