import { Input } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { copyEvent, type EventDetail } from '../api/operations.ts'
import { ask, newKey } from '../core/ask.ts'
import { keptKeys } from '../core/draft.ts'
import { instantOf, type Wall } from '../core/time.ts'
import { paths } from '../paths.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { Field } from '../ui/office/field.tsx'
import { MomentPicker } from '../ui/office/moment-picker.tsx'
import { useWords } from '../words/index.ts'
import { keepEvent } from './editing.ts'

/** Makes a draft like this event at another time, and goes there. */
export function CopyEvent({ event, close }: { event: EventDetail; close: () => void }) {
  const { w } = useWords()
  const { workspace } = w
  const navigate = useNavigate()
  const [name, setName] = useState(event.name)
  const [startsAt, setStart] = useState<Wall | null>(null)
  const [keyFor] = useState(() => keptKeys(newKey))
  return (
    <ActDialog
      first="copy-start"
      title={workspace.copy}
      confirm={workspace.copy}
      ready={name.trim() !== '' && startsAt !== null}
      close={close}
      act={async () => {
        const body = { name: name.trim(), startsAt: instantOf(startsAt ?? '', event.timeZone) }
        const key = keyFor(body)
        const { event: made, leftOut } = await ask(
          copyEvent,
          { params: { eventId: event.id }, body },
          { key },
        )
        keepEvent(made)
        setTimeout(() => void navigate(paths.event(made.id)))
        return { text: workspace.copied(made.shifts, leftOut) }
      }}
    >
      <p>{workspace.copyLead(event.shifts)}</p>
      <Field label={workspace.copyName} name="copy-name">
        <Input
          id="copy-name"
          value={name}
          maxLength={100}
          aria-required
          onChange={({ target }) => setName(target.value)}
        />
      </Field>
      <Field label={workspace.copyStart} name="copy-start">
        <MomentPicker
          id="copy-start"
          zone={event.timeZone}
          placeholder={w.about.pickDay}
          value={startsAt}
          onChange={setStart}
        />
      </Field>
    </ActDialog>
  )
}
