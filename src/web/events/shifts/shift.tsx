import { Link, useParams } from 'react-router'
import { changeShift, type EventDetail, readShift, type Shift } from '../../api/operations.ts'
import { EnterLate } from '../../attendance/enter-late.tsx'
import { ask } from '../../core/ask.ts'
import { queries, queryKey, useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { momentText, periodText, serverNow } from '../../core/time.ts'
import { paths } from '../../paths.ts'
import { EditForm } from '../../ui/office/edit-form.tsx'
import { type Editable, useEditing } from '../../ui/office/editing.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Arriving } from '../../ui/office/page.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { FillBar } from '../../ui/plain/fill-bar.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { EventPage } from '../event-page.tsx'
import { CancelShift } from './cancel-shift.tsx'
import {
  changeOf,
  fieldOf,
  fieldsOf,
  inputOf,
  type ShiftField,
  type ShiftFields,
  shiftProblems,
} from './fields.ts'
import { PlaceFields, TellingFields, useShiftLabels, WorkFields } from './form.tsx'
import { shiftsChanged } from './keep.ts'
import { useShowShiftField } from './show-field.tsx'

/** Where is this shift, when, and how many people does it need? */
export function Component() {
  const { w } = useWords()
  return (
    <EventPage
      title={w.shifts.shift}
      question={w.shifts.shiftQuestion}
      trail={(event) => <Link to={paths.eventStep(event.id, 'shifts')}>{w.shifts.title}</Link>}
      acts={(event) => <Acts event={event} />}
    >
      {(event) => <OneShift event={event} />}
    </EventPage>
  )
}

function useShift() {
  const { shiftId = '' } = useParams()
  const found = useAsk(readShift, { params: { shiftId } })
  return { found, shift: found.data?.id === shiftId ? found.data : undefined }
}

const isOver = (event: EventDetail, shift: Shift) =>
  shift.cancelledAt !== null || event.state === 'closed' || event.state === 'cancelled'
const mayChange = (event: EventDetail, shift: Shift) =>
  !isOver(event, shift) && event.allowed.includes('changeEvent')

function Acts({ event }: { event: EventDetail }) {
  const { shift } = useShift()
  const { w } = useWords()
  const seesRoll = useStore(me)?.permissions.includes('attendance.read') === true
  if (!shift) return null
  return (
    <>
      {seesRoll && <LinkButton to={paths.printRoll(shift.id)} text={w.shifts.printRoll} />}
      <EnterLate shift={shift} timeZone={event.timeZone} />
      {mayChange(event, shift) && Date.parse(shift.endsAt) > serverNow() && <CancelShift shift={shift} />}
    </>
  )
}

function OneShift({ event }: { event: EventDetail }) {
  const { w } = useWords()
  const { found, shift } = useShift()
  if (!shift) {
    return <Arriving found={found} />
  }
  return (
    <div className="sheet" key={shift.id}>
      <Panel label={w.shifts.shift}>
        {mayChange(event, shift) ? (
          <Editor event={event} shift={shift} />
        ) : (
          <Reading event={event} shift={shift} />
        )}
      </Panel>
      <Panel aside label={w.shifts.facts}>
        <Facts event={event} shift={shift} />
      </Panel>
    </div>
  )
}

function useEditableShift(event: EventDetail): Editable<Shift, ShiftFields> {
  const { w } = useWords()
  const keep = (shift: Shift) => {
    queries.setQueryData(queryKey(readShift, { params: { shiftId: shift.id } }), shift)
    void shiftsChanged()
    return shift
  }
  return {
    fieldsOf: (shift) => fieldsOf(shift, event),
    problemsOf: (fields) => shiftProblems(fields, w),
    read: async ({ id }) => keep(await ask(readShift, { params: { shiftId: id } })),
    async send({ id, version }, before, fields) {
      const body = changeOf(before, fields, event.timeZone)
      return keep(await ask(changeShift, { params: { shiftId: id }, body }, { version }))
    },
    fieldOf,
    inputOf,
  }
}

function Editor({ event, shift }: { event: EventDetail; shift: Shift }) {
  const editing = useEditing(shift, useEditableShift(event))
  const labels = useShiftLabels()
  const show = useShowShiftField(event)
  const { mine, problems, set } = editing
  return (
    <EditForm editing={editing} label={(field) => labels[field]} show={show}>
      <div className="fields">
        <PlaceFields fields={mine} problems={problems} set={set} zone={event.timeZone} />
        <WorkFields fields={mine} problems={problems} set={set} />
        <TellingFields fields={mine} problems={problems} set={set} />
      </div>
    </EditForm>
  )
}

function Reading({ event, shift }: { event: EventDetail; shift: Shift }) {
  const { w } = useWords()
  const labels = useShiftLabels()
  const show = useShowShiftField(event)
  const fields = fieldsOf(shift, event)
  return (
    <div className="stack">
      <p className="note">{isOver(event, shift) ? w.shifts.over : w.shifts.readOnly}</p>
      <dl className="reading">
        {(Object.keys(fields) as ShiftField[]).map((field) => (
          <div key={field} style={{ display: 'contents' }}>
            <dt>{labels[field]}</dt>
            <dd>{show(field, fields[field])}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function Facts({ event, shift }: { event: EventDetail; shift: Shift }) {
  const { w, language } = useWords()
  return (
    <dl className="facts">
      <div>
        <dt>{w.shifts.place}</dt>
        <dd>
          <Given>{shift.zone.name}</Given>
        </dd>
      </div>
      <div>
        <dt>{w.shifts.time}</dt>
        <dd>{periodText(shift.startsAt, shift.endsAt, event.timeZone, language)}</dd>
      </div>
      <div>
        <dt>{w.shifts.taken}</dt>
        <dd>
          <FillBar {...shift} />
        </dd>
      </div>
      {shift.cancelledAt && (
        <div>
          <dt>{w.shifts.cancelled}</dt>
          <dd>
            {momentText(shift.cancelledAt, event.timeZone, language)}
            {shift.cancelReason && (
              <>
                <br />
                <Given>{shift.cancelReason}</Given>
              </>
            )}
          </dd>
        </div>
      )}
    </dl>
  )
}
