import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { Judgement } from '#modules/imports/words.ts'
import { type ImportLine, listImportLines } from '../api/operations.ts'
import { ask } from '../core/ask.ts'

/** Lines read at once. */
const pageLines = 200

interface Asked {
  importId: string
  sheetId: string
  judgement?: Judgement | undefined
  fromLine?: number | undefined
}

/** The lines of a sheet, read on as somebody comes to their end. */
export function useLines({ importId, sheetId, judgement, fromLine }: Asked) {
  const params = { importId, sheetId }
  const query = {
    limit: pageLines,
    ...(judgement ? { judgement } : {}),
    ...(fromLine ? { fromLine } : {}),
  }
  const found = useInfiniteQuery({
    queryKey: [listImportLines.path, 'all', params, query],
    queryFn: ({ signal, pageParam }) =>
      ask(
        listImportLines,
        { params, query: pageParam ? { ...query, cursor: pageParam } : query },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  })
  const lines: ImportLine[] = found.data?.pages.flatMap(({ items }) => items) ?? []
  return { found, lines }
}
