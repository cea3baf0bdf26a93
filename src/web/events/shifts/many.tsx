import { Button } from 'antd'
import { useState } from 'react'
import type { EventDetail, ShiftSelection } from '../../api/operations.ts'
import { queryIn } from '../../core/list-query.ts'
import { useFilters } from '../../ui/office/filters.ts'
import { useWords } from '../../words/index.ts'
import { CancelMany } from './cancel-many.tsx'
import { ReviseMany } from './revise-many.tsx'

interface Props {
  event: EventDetail
  selected: ReadonlySet<string>
  none: () => void
}

const conditions = ['search', 'districtCode', 'below', 'batchId', 'zoneId'] as const
type Act = 'revise' | 'cancel'

/** What is done with the selected shifts, or all that the filter finds: the filter itself is sent, whatever page is shown. */
export function ManyShifts({ event, selected, none }: Props) {
  const { shifts: s } = useWords().w
  const { search } = useFilters()
  const [asked, setAsked] = useState<{ act: Act; where: ShiftSelection }>()
  const filter = queryIn<ShiftSelection>(search, conditions)
  const chosen = selected.size > 0
  const isFiltered = Object.keys(filter).length > 0
  if (search.get('cancelled') === 'true' || event.shifts === 0) return null
  // Without a filter every shift of the event is meant: no shift ends before this.
  const all: ShiftSelection = isFiltered ? filter : { from: '2000-01-01T00:00:00Z' }
  const ask = (act: Act) => setAsked({ act, where: chosen ? { shiftIds: [...selected] } : all })
  const shown = asked && { event, where: asked.where, done: none, close: () => setAsked(undefined) }
  return (
    <div className="selection">
      {chosen && <strong aria-live="polite">{s.selected(selected.size)}</strong>}
      <Button onClick={() => ask('revise')}>
        {chosen ? s.reviseSelected : isFiltered ? s.reviseFiltered : s.reviseAll}
      </Button>
      {(chosen || isFiltered) && (
        <Button onClick={() => ask('cancel')}>{chosen ? s.cancelSelected : s.cancelFiltered}</Button>
      )}
      {chosen && (
        <Button type="link" onClick={none}>
          {s.selectNone}
        </Button>
      )}
      {shown && asked.act === 'revise' && <ReviseMany {...shown} />}
      {shown && asked.act === 'cancel' && <CancelMany {...shown} />}
    </div>
  )
}
