import { useNavigate, useSearchParams } from 'react-router'

/**
 * The dialog that is open is a part of the address, so that Back closes it and repeats nothing. `of` names the thing it is
 * about, where the page shows several.
 */
export function useDialog<A extends string>(acts: readonly A[]) {
  const [search, setSearch] = useSearchParams()
  const navigate = useNavigate()
  const without = () => {
    const rest = new URLSearchParams(search)
    rest.delete('act')
    rest.delete('of')
    return rest
  }
  return {
    act: acts.find((each) => each === search.get('act')),
    of: search.get('of'),
    open(act: A, of?: string) {
      const next = without()
      next.set('act', act)
      if (of) next.set('of', of)
      setSearch(next)
    },
    close: () => void navigate({ search: without().toString() }, { replace: true }),
  }
}
