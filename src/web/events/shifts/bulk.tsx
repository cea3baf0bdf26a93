import { Button } from 'antd'
import { type FormEvent, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { EventDetail } from '../../api/operations.ts'
import { changedFields } from '../../core/draft.ts'
import { instantOf, wallOf } from '../../core/time.ts'
import { paths } from '../../paths.ts'
import type { Problems } from '../../ui/office/editing.ts'
import { useGoOn } from '../../ui/office/go-on.ts'
import { LeaveGuard } from '../../ui/office/leave-guard.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { useWords } from '../../words/index.ts'
import { EventPage } from '../event-page.tsx'
import { PreviewBatch } from './bulk-preview.tsx'
import { type BatchTime, Times, timeProblems } from './bulk-times.tsx'
import { type ChosenZones, ZonePicker } from './bulk-zones.tsx'
import { inputOf, newTemplate, type TemplateFields, templateOf, templateProblems } from './fields.ts'
import { TellingFields, WorkFields } from './form.tsx'

/** Which zones and which times need how many people? */
export function Component() {
  const { w } = useWords()
  return (
    <EventPage
      title={w.shifts.bulk}
      question={w.shifts.bulkQuestion}
      trail={(event) => <Link to={paths.eventStep(event.id, 'shifts')}>{w.shifts.title}</Link>}
    >
      {(event) => <Bulk event={event} />}
    </EventPage>
  )
}

const zonesMax = 2000

function useBulk(event: EventDetail) {
  const { w } = useWords()
  const whole = {
    startsAt: wallOf(event.startsAt, event.timeZone),
    endsAt: wallOf(event.endsAt, event.timeZone),
  }
  const [zones, setZones] = useState<ChosenZones>(new Map())
  const [times, setTimes] = useState<BatchTime[]>([whole])
  const [fields, setFields] = useState(newTemplate)
  const [asked, setAsked] = useState(false)
  const zonesWrong =
    zones.size === 0 ? w.shifts.zonesMissing : zones.size > zonesMax ? w.shifts.zonesMany : undefined
  const timesWrong = times.map((time) => timeProblems(time, w))
  const problems = templateProblems(fields, w)
  /** Where the first thing that is wrong is mended; undefined: nothing is wrong. */
  const wrongAt = () => {
    if (zonesWrong) return 'bulk-zones'
    const time = timesWrong.findIndex((wrong) => wrong.startsAt || wrong.endsAt)
    if (time >= 0) return `bulk-${timesWrong[time]?.startsAt ? 'start' : 'end'}-${time}`
    const [field] = Object.keys(problems) as (keyof TemplateFields)[]
    return field && inputOf(field)
  }
  return {
    zones,
    setZones,
    times,
    setTimes,
    fields,
    set: (change: Partial<TemplateFields>) => setFields({ ...fields, ...change }),
    zonesWrong: asked ? zonesWrong : undefined,
    timesWrong: asked ? timesWrong : [],
    problems: (asked ? problems : {}) as Problems<TemplateFields>,
    dirty: zones.size > 0 || changedFields(newTemplate, fields).length > 0,
    wrongAt,
    ask: () => setAsked(true),
    spec: () => ({
      zoneIds: [...zones.keys()],
      times: times.map(({ startsAt, endsAt }) => ({
        startsAt: instantOf(startsAt ?? '', event.timeZone),
        endsAt: instantOf(endsAt ?? '', event.timeZone),
      })),
      template: templateOf(fields),
    }),
  }
}

function Bulk({ event }: { event: EventDetail }) {
  const { w } = useWords()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const bulk = useBulk(event)
  const { gone, goOn } = useGoOn()
  const preview = (submitted: FormEvent) => {
    submitted.preventDefault()
    bulk.ask()
    const wrong = bulk.wrongAt()
    if (wrong) document.getElementById(wrong)?.focus()
    else setSearch({ act: 'preview' })
  }
  const back = () => void navigate({ search: '' }, { replace: true })
  return (
    <form noValidate onSubmit={preview}>
      <Panel label={w.shifts.bulk}>
        <div className="part">
          <h2>{w.shifts.zonesPart}</h2>
          <p className="hint">{w.shifts.zonesHint}</p>
          <ZonePicker chosen={bulk.zones} wrong={bulk.zonesWrong} onChange={bulk.setZones} />
        </div>
        <div className="part">
          <h2>{w.shifts.timesPart}</h2>
          <p className="hint">{w.shifts.timesHint}</p>
          <Times zone={event.timeZone} times={bulk.times} wrong={bulk.timesWrong} onChange={bulk.setTimes} />
        </div>
        <div className="part">
          <h2>{w.shifts.workPart}</h2>
          <div className="fields">
            <WorkFields fields={bulk.fields} problems={bulk.problems} set={bulk.set} />
          </div>
        </div>
        <div className="part">
          <h2>{w.shifts.morePart}</h2>
          <div className="fields">
            <TellingFields fields={bulk.fields} problems={bulk.problems} set={bulk.set} />
          </div>
        </div>
        <div className="formfoot">
          <Button type="primary" htmlType="submit">
            {w.shifts.preview}
          </Button>
          <Button onClick={() => void navigate(paths.eventStep(event.id, 'shifts'))}>
            {w.common.cancel}
          </Button>
        </div>
      </Panel>
      <LeaveGuard dirty={!gone && bulk.dirty} />
      {search.get('act') === 'preview' && bulk.wrongAt() === undefined && (
        <PreviewBatch
          eventId={event.id}
          spec={bulk.spec()}
          zones={bulk.zones}
          close={back}
          made={() => goOn(paths.eventStep(event.id, 'shifts'))}
        />
      )}
    </form>
  )
}
