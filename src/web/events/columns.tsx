import { type ColumnOf, listColumns } from '#modules/desk/words.ts'
import { prefer, preferences } from '../core/preferences.ts'
import { useStore } from '../core/store.ts'
import { ColumnsMenu } from '../ui/office/columns-menu.tsx'
import { useWords } from '../words/index.ts'

export type EventColumn = ColumnOf<'events'>

/** Shown until somebody chooses. */
const usual: readonly EventColumn[] = ['startsAt', 'organiser', 'campaign', 'shifts', 'state']

/** The columns of the list of events that are shown beside the name. */
export function useEventColumns(): readonly EventColumn[] {
  return useStore(preferences).columns?.events ?? usual
}

export function EventColumns() {
  const { w } = useWords()
  const columns = listColumns.events.map((name) => ({ name, label: w.events[name] }))
  return (
    <ColumnsMenu
      columns={columns}
      chosen={useEventColumns()}
      onChange={(events) => void prefer({ columns: { events } }).catch(() => undefined)}
    />
  )
}
