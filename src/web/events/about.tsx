import type { EventDetail } from '../api/operations.ts'
import { History } from '../history/history.tsx'
import { EditForm } from '../ui/office/edit-form.tsx'
import { useEditing } from '../ui/office/editing.ts'
import { Panel } from '../ui/office/panel.tsx'
import { useWords } from '../words/index.ts'
import { EventActs } from './acts.tsx'
import { useEditableEvent } from './editing.ts'
import { EventPage } from './event-page.tsx'
import { Facts } from './facts.tsx'
import { type EventField, fieldsOf } from './fields.ts'
import { EventForm, useFieldLabels } from './form.tsx'
import { useShowField } from './show-field.tsx'

/** What is it, when, and who organises it? */
export function Component() {
  const { w } = useWords()
  return (
    <EventPage
      named
      title={w.about.title}
      question={w.about.question}
      acts={(event) => <EventActs event={event} />}
    >
      {(event) => <About event={event} />}
    </EventPage>
  )
}

function About({ event }: { event: EventDetail }) {
  const { w } = useWords()
  const open = event.state === 'draft' || event.state === 'published'
  const editable = open && event.allowed.includes('changeEvent')
  return (
    <div className="sheet">
      <div className="column">
        <Panel label={w.about.title}>
          {editable ? <Editor event={event} /> : <Reading event={event} over={!open} />}
        </Panel>
        <History subject={`event:${event.id}`} />
      </div>
      <Panel aside label={w.about.facts}>
        <Facts event={event} />
      </Panel>
    </div>
  )
}

function Editor({ event }: { event: EventDetail }) {
  const editing = useEditing(event, useEditableEvent())
  const labels = useFieldLabels()
  const show = useShowField(editing.mine.timeZone)
  return (
    <EditForm editing={editing} label={(field) => labels[field]} show={show}>
      <EventForm fields={editing.mine} problems={editing.problems} set={editing.set} />
    </EditForm>
  )
}

/** For whoever may look and not change, with one sentence saying who may. */
function Reading({ event, over }: { event: EventDetail; over: boolean }) {
  const { w } = useWords()
  const labels = useFieldLabels()
  const show = useShowField(event.timeZone)
  const fields = fieldsOf(event)
  return (
    <div className="stack">
      <p className="note">{over ? w.about.over : w.about.readOnly}</p>
      <dl className="reading">
        {(Object.keys(fields) as EventField[]).map((field) => (
          <div key={field} style={{ display: 'contents' }}>
            <dt>{labels[field]}</dt>
            <dd>{show(field, fields[field])}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
