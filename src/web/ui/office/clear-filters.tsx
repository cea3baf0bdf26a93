import { Button } from 'antd'
import { useWords } from '../../words/index.ts'
import { useFilters } from './filters.ts'

/** Takes all filters of a list away. Absent while there is none. */
export function ClearFilters() {
  const { w } = useWords()
  const { search, clear } = useFilters()
  if (search.size === 0) return null
  return (
    <Button type="link" onClick={clear}>
      {w.common.clear}
    </Button>
  )
}
