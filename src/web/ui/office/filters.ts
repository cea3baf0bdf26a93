import { useNavigate, useSearchParams } from 'react-router'
import { withFilter } from '../../core/list-query.ts'

/**
 * The filters of a list, which are the search of its address, and how to change them. A change starts from what the address
 * says when it is made, not from what was drawn last: two filters changed quickly one after the other both stay.
 */
export function useFilters(): {
  search: URLSearchParams
  set: (change: Record<string, string | null>) => void
  clear: () => void
} {
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const set = (change: Record<string, string | null>) => {
    const next = withFilter(new URLSearchParams(window.location.search), change)
    void navigate({ search: next.toString() })
  }
  return { search, set, clear: () => void navigate({ search: '' }) }
}
