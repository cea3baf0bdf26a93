import { Counter, type Registry } from 'prom-client'

const name = 'muster_messages_total'

/** Counts what became of messages as they were handed over: what an alert on failures watches. */
export function messageCounter(metrics: Registry): Counter<'channel' | 'outcome'> {
  const known = metrics.getSingleMetric(name) as Counter<'channel' | 'outcome'> | undefined
  return (
    known ??
    new Counter({
      name,
      help: 'Messages by what became of them when they were due',
      labelNames: ['channel', 'outcome'],
      registers: [metrics],
    })
  )
}
