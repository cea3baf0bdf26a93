import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'

/**
 * The dialog that is open is a part of the address, so that Back closes it and repeats nothing. `of` names the thing it is
 * about, where the page shows several.
 */
export function useDialog<A extends string>(acts: readonly A[]) {
  const [search, setSearch] = useSearchParams()
  const navigate = useNavigate()
  const act = acts.find((each) => each === search.get('act'))
  const [stood, setStood] = useState<A>()
  if (stood !== undefined && stood !== act) setStood(undefined)
  const without = () => {
    const rest = new URLSearchParams(search)
    rest.delete('act')
    rest.delete('of')
    return rest
  }
  return {
    act,
    of: search.get('of'),
    /**
     * Whether the dialog of an act stands open. It was allowed when it was opened; somebody else may have done it meanwhile,
     * and what is typed there must not go with the permission.
     */
    shows(which: A, allowed: boolean): boolean {
      if (act !== which) return false
      if (allowed && stood !== act) setStood(act)
      return allowed || stood === act
    },
    open(act: A, of?: string) {
      const next = without()
      next.set('act', act)
      if (of) next.set('of', of)
      setSearch(next)
    },
    close: () => void navigate({ search: without().toString() }, { replace: true }),
  }
}
