import { Link } from 'react-router'
import { createEvent } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { paths } from '../paths.ts'
import { MakeForm, useMaking } from '../ui/office/making.tsx'
import { Page } from '../ui/office/page.tsx'
import { useWords } from '../words/index.ts'
import { inputOf, keepEvent } from './editing.ts'
import { bodyOf, fieldOf, newEvent, problemsOf } from './fields.ts'
import { EventForm } from './form.tsx'

/** A new draft: only what an event needs, the rest later on its own page. */
export function Component() {
  const { w } = useWords()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const making = useMaking({
    begun: newEvent(zone),
    problemsOf: (fields) => problemsOf(fields, w),
    async make(fields, keyFor) {
      const body = bodyOf(fields)
      const event = await ask(createEvent, { body }, { key: keyFor(body) })
      keepEvent(event)
      return { text: w.about.created, to: paths.event(event.id) }
    },
    fieldOf,
    inputOf,
  })
  return (
    <Page
      narrow
      title={w.about.newTitle}
      windowTitle={w.about.newTitle}
      question={w.about.question}
      trail={<Link to={paths.events()}>{w.events.title}</Link>}
    >
      <MakeForm making={making} create={w.about.create} from={paths.events()}>
        <EventForm fields={making.fields} problems={making.problems} set={making.set} />
      </MakeForm>
    </Page>
  )
}
