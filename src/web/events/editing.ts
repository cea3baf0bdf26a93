import { changeEvent, type EventDetail, listEvents, readEvent, readEventSteps } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { queries, queryKey, readAgain } from '../core/query.ts'
import type { Editable } from '../ui/office/editing.ts'
import { useWords } from '../words/index.ts'
import { changeOf, type EventField, type EventFields, fieldOf, fieldsOf, problemsOf } from './fields.ts'

/** The event as it is now, for whoever looks at it. */
export function keepEvent(event: EventDetail): void {
  queries.setQueryData(queryKey(readEvent, { params: { eventId: event.id } }), event)
  void readAgain(listEvents, readEventSteps)
}

/** The id of the input of a field. */
export const inputOf = (field: EventField): string => `event-${field}`

/** How an event is edited. */
export function useEditableEvent(): Editable<EventDetail, EventFields> {
  const { w } = useWords()
  return {
    fieldsOf,
    problemsOf: (fields) => problemsOf(fields, w),
    async read({ id }) {
      const event = await ask(readEvent, { params: { eventId: id } })
      keepEvent(event)
      return event
    },
    async send({ id, version }, before, fields) {
      const body = changeOf(before, fields)
      const saved = await ask(changeEvent, { params: { eventId: id }, body }, { version })
      keepEvent(saved)
      return saved
    },
    fieldOf,
    inputOf,
  }
}
