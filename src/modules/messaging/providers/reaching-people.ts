import { isSynthetic } from '../rules.ts'
import type { Outcome, Provider } from './provider.ts'

/**
 * Wraps every provider that delivers to people: made-up contacts are never handed to it, whatever the configuration
 * says. The numbers of the demonstration are valid numbers that may be assigned to a person one day.
 */
export function reachingPeople(provider: Provider): Provider {
  return {
    ...provider,
    async send(messages, handOver) {
      const real = messages.filter(({ to }) => !isSynthetic(to))
      const outcomes = real.length > 0 ? await provider.send(real, handOver) : []
      let next = 0
      return messages.map(({ to }): Outcome => {
        if (isSynthetic(to)) return { outcome: 'refused', reason: 'synthetic_contact' }
        return outcomes[next++] ?? { outcome: 'unknown', reason: 'no_answer' }
      })
    },
  }
}
