import { Counter, type Registry } from 'prom-client'

const name = 'muster_messages_total'

/** Counter of messages by channel and outcome. Alerts on failures watch it. */
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
