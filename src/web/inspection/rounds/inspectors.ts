import { listUsers } from '../../api/operations.ts'
import { useAll } from '../../core/query.ts'

/** All inspectors to choose from. A login tells namesakes apart, and nobody else needs it. */
export function useInspectors(): { options: { value: string; label: string }[]; none: boolean } {
  const found = useAll(listUsers, { query: { role: 'inspector', disabled: false } })
  const all = found.data ?? []
  const options = all.map(({ id, name, login }) => ({
    value: id,
    label: all.some((other) => other.id !== id && other.name === name) ? `${name} ${login}` : name,
  }))
  return { options, none: found.data?.length === 0 }
}
