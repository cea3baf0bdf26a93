import { listSchemes, readScheme, type Scheme } from '../../api/operations.ts'
import { queries, queryKey, readAgain } from '../../core/query.ts'

/** The scheme as it is now, for whoever looks at it or at the list. */
export function keepScheme(scheme: Scheme): void {
  queries.setQueryData(queryKey(readScheme, { params: { schemeId: scheme.id } }), scheme)
  void readAgain(listSchemes)
}
