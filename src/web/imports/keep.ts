import { useEffect, useRef } from 'react'
import {
  type Import,
  listImportDecisions,
  listImportLines,
  listImportRows,
  listImports,
  readImport,
} from '../api/operations.ts'
import { queries, queryKey, readAgain } from '../core/query.ts'

/** The import as it is now, for whoever looks at it. */
export function keepImport(view: Import): void {
  queries.setQueryData(queryKey(readImport, { params: { importId: view.id } }), view)
  void readAgain(listImports)
}

/** When its rows were judged anew, or written, everything that shows them is read again. */
export function useFreshRows({ id, state, judgedAt, committedAt, undoneAt }: Import): void {
  const stand = [id, state, judgedAt, committedAt, undoneAt].join(' ')
  const seen = useRef(stand)
  useEffect(() => {
    if (seen.current === stand) return
    seen.current = stand
    void readAgain(listImportLines, listImportRows, listImportDecisions)
  }, [stand])
}
