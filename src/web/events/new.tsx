import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { createEvent } from '../api/operations.ts'
import { ask, newKey } from '../core/ask.ts'
import { changedFields, keptKeys } from '../core/draft.ts'
import { Refused } from '../core/refused.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { paths } from '../paths.ts'
import { useGoOn } from '../ui/office/go-on.ts'
import { LeaveGuard } from '../ui/office/leave-guard.tsx'
import { Page, Trouble } from '../ui/office/page.tsx'
import { tellDone } from '../ui/office/undo-bar.tsx'
import { useWords } from '../words/index.ts'
import { refusalText } from '../words/refusals.ts'
import { focusField, keepEvent } from './editing.ts'
import { bodyOf, type EventField, fieldOf, newEvent, problemsOf } from './fields.ts'
import { EventForm } from './form.tsx'

/** A new draft: only what an event needs, the rest later on its own page. */
export function Component() {
  const speech = useWords()
  const { w } = speech
  const navigate = useNavigate()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const [fields, setFields] = useState(() => newEvent(zone))
  const [problems, setProblems] = useState<Partial<Record<EventField, string>>>({})
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const { gone, goOn } = useGoOn()
  // The same draft sent twice, because no answer came, is made once.
  const [keyFor] = useState(() => keptKeys(newKey))

  const create = async () => {
    const found = problemsOf(fields, w)
    setProblems(found)
    setError(undefined)
    if (Object.keys(found).length > 0) return focusField(Object.keys(found)[0] as EventField)
    setBusy(true)
    try {
      const body = bodyOf(fields)
      const event = await ask(createEvent, { body }, { key: keyFor(body) })
      keepEvent(event)
      tellDone({ text: w.about.created })
      goOn(paths.event(event.id))
    } catch (failed) {
      const field = failed instanceof Refused ? fieldOf(failed) : undefined
      if (field) setProblems({ [field]: refusalText(failed as Refused, speech) })
      else setError(failed)
    }
    setBusy(false)
  }

  return (
    <Page
      narrow
      title={w.about.newTitle}
      windowTitle={w.about.newTitle}
      question={w.about.question}
      trail={<Link to={paths.events()}>{w.events.title}</Link>}
    >
      <form
        className="panel padded"
        noValidate
        onSubmit={(submitted) => {
          submitted.preventDefault()
          void create()
        }}
      >
        {error !== undefined && <Trouble error={error} />}
        <EventForm
          fields={fields}
          problems={problems}
          set={(change) => {
            setFields({ ...fields, ...change })
            setProblems(Object.fromEntries(Object.entries(problems).filter(([field]) => !(field in change))))
          }}
        />
        <div className="formfoot">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.about.create}
          </Button>
          <Button onClick={() => void navigate(paths.events())}>{w.common.cancel}</Button>
        </div>
        <LeaveGuard dirty={!gone && changedFields(newEvent(zone), fields).length > 0} />
      </form>
    </Page>
  )
}
