import { useEffect, useState } from 'react'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { momentText, serverNow } from '../../core/time.ts'

interface Props {
  className: string
  language: Parameters<typeof momentText>[2]
  text: (at: string) => string
}

/** The time of a service that runs on a simulated clock; nothing with the real one. */
export function SimulatedClock({ className, language, text }: Props) {
  const mine = useStore(me)
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((ticks) => ticks + 1), 10_000)
    return () => clearInterval(timer)
  }, [])
  if (!mine?.simulated) return null
  return (
    <div className={className} role="status" aria-live="off">
      {text(momentText(new Date(serverNow()).toISOString(), mine.timeZone, language))}
    </div>
  )
}
