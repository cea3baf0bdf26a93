import { keepPreviousData, QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { ask } from './ask.ts'
import type { Input, Operation } from './operation.ts'

/** What was read, kept as long as somebody looks at it. `ask` waits and asks again by itself, so nothing here does. */
export const queries = new QueryClient({
  defaultOptions: { queries: { retry: false, staleTime: 5_000, refetchOnWindowFocus: true } },
})

/** Names what was read: by the address, so that everything below one can be asked again. */
export function queryKey<In>(operation: Operation<In, unknown>, input: In): readonly unknown[] {
  return [operation.path, input]
}

/** After how many milliseconds something is read again by itself, by what was read; false: not again. */
type Every<Answer> = (answer: Answer | undefined) => number | false

/**
 * Reads, and shows what was read before while it reads again. `skip`: not now. `once`: not again by itself, because the
 * service records each look.
 */
export function useAsk<In extends Input, Answer>(
  operation: Operation<In, Answer>,
  input: In,
  { skip = false, once = false, every }: { skip?: boolean; once?: boolean; every?: Every<Answer> } = {},
): UseQueryResult<Answer> {
  return useQuery({
    queryKey: queryKey(operation, input),
    queryFn: ({ signal }) => ask(operation, input, { signal }),
    placeholderData: keepPreviousData,
    enabled: !skip,
    ...(once ? { staleTime: Number.POSITIVE_INFINITY } : {}),
    refetchInterval: every ? ({ state }) => every(state.data) : false,
  })
}

/** What was read by these operations is read again where somebody looks at it. */
export async function readAgain(...operations: readonly Operation<never, unknown>[]): Promise<void> {
  await Promise.all(operations.map(({ path }) => queries.invalidateQueries({ queryKey: [path] })))
}

interface PageOf<T> {
  items: T[]
  nextCursor: string | null
}

/** Every item of a list, page by page. */
export async function readAll<T, In extends Input>(
  operation: Operation<In, PageOf<T>>,
  input: In,
): Promise<T[]> {
  const all: T[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { ...input.query, limit: 200, ...(cursor ? { cursor } : {}) }
    const page = await ask(operation, { ...input, query })
    all.push(...page.items)
    cursor = page.nextCursor
  }
  return all
}

/** Every item of a list that is short enough to be shown whole. */
export function useAll<T, In extends Input>(
  operation: Operation<In, PageOf<T>>,
  input: In,
  { skip = false }: { skip?: boolean } = {},
): UseQueryResult<T[]> {
  return useQuery({
    queryKey: [...queryKey(operation, input), 'all'],
    queryFn: () => readAll(operation, input),
    placeholderData: keepPreviousData,
    enabled: !skip,
  })
}
