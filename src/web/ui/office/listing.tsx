import type { UseQueryResult } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../../words/index.ts'
import { Age } from './age.tsx'
import { useFilters } from './filters.ts'
import { Empty, Skeleton, Trouble } from './page.tsx'
import { Pager } from './pager.tsx'

interface Page<T> {
  items: T[]
  nextCursor: string | null
}

interface Props<T> {
  found: UseQueryResult<Page<T>>
  /** Whether the address narrows the list. */
  filtered: boolean
  /** Why there is nothing, with and without a filter. */
  empty: { all: string; filtered: string; act?: ReactNode }
  count: (shown: number, more: boolean) => string
  children: (items: T[], old: boolean) => ReactNode
}

/** A list in all its states: on its way, failed, empty, and a page of it with the way to the next. */
export function Listing<T>({ found, filtered, empty, count, children }: Props<T>) {
  const { w } = useWords()
  const { clear } = useFilters()
  const { items, nextCursor = null } = found.data ?? {}
  return (
    <div className="panel table">
      {found.isError && (
        <Trouble error={found.error} again={() => void found.refetch()}>
          {found.data && <Age readAt={found.dataUpdatedAt} />}
        </Trouble>
      )}
      {found.isPending && <Skeleton lines={10} />}
      {items?.length === 0 &&
        (filtered ? (
          <Empty text={empty.filtered} act={<Button onClick={clear}>{w.common.clear}</Button>} />
        ) : (
          <Empty text={empty.all} act={empty.act} />
        ))}
      {items && items.length > 0 && (
        <>
          {children(items, found.isPlaceholderData)}
          <Pager text={count(items.length, nextCursor !== null)} nextCursor={nextCursor} />
        </>
      )}
    </div>
  )
}
