import type { Person } from '../../api/operations.ts'
import { useOrganisationWords } from '../words/index.ts'

/** The first number that works, else what is wrong. */
export function NumberOf({ person }: { person: Person }) {
  const { persons: p, person: one } = useOrganisationWords()
  const phones = person.contacts.filter(({ kind }) => kind === 'phone')
  const good = phones.find(({ invalidAt, optedOutAt }) => !invalidAt && !optedOutAt)
  if (good) return <span translate="no">{good.masked}</span>
  const [first] = phones
  if (!first) return <span className="bad">✕ {p.none}</span>
  return (
    <span className="bad">
      ✕ <span translate="no">{first.masked}</span> {first.invalidAt ? one.wrong : one.optedOut}
    </span>
  )
}
