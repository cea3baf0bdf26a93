import { useCallback, useEffect, useState } from 'react'
import { refresh, refreshKit } from './store.ts'

export interface PacketReading {
  error: unknown
  /** It was read since the page was opened, or could not be. */
  tried: boolean
  again: () => void
}

/** Reads the packet when the pages are opened, and every minute while they are looked at. */
export function useRefreshed(holding: boolean): PacketReading {
  const [{ error, tried }, set] = useState<{ error?: unknown; tried: boolean }>({ tried: false })
  const again = useCallback(() => {
    refresh()
      .then(() => {
        set({ tried: true })
        return refreshKit()
      })
      .catch((failed: unknown) => set({ error: failed, tried: true }))
  }, [])
  useEffect(() => {
    if (!holding) return
    const look = () => {
      if (document.visibilityState === 'visible') again()
    }
    again()
    const timer = setInterval(look, 60_000)
    document.addEventListener('visibilitychange', look)
    window.addEventListener('online', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
      window.removeEventListener('online', look)
    }
  }, [again, holding])
  return { error, tried, again }
}
