import { isSynthetic } from '../rules.ts'
import type { Outcome, Provider } from './provider.ts'

/**
 * Every provider that reaches people goes through here: contacts that were made up are never handed to it, whatever
 * the configuration says. The demonstration's numbers are real digits, and somebody may be given them one day.
 */
export function reachingPeople(provider: Provider): Provider {
  return {
    ...provider,
    async send(messages) {
      const real = messages.filter(({ to }) => !isSynthetic(to))
      const outcomes = real.length > 0 ? await provider.send(real) : []
      let next = 0
      return messages.map(({ to }): Outcome => {
        if (isSynthetic(to)) return { outcome: 'refused', reason: 'synthetic_contact' }
        return outcomes[next++] ?? { outcome: 'unknown', reason: 'no_answer' }
      })
    },
  }
}
