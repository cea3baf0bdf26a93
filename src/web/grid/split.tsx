import { Button, Input } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import {
  listResponsibilities,
  listZones,
  mapZones,
  previewZoneSplit,
  readZone,
  splitZone,
  type ZoneDetail,
  type ZoneSplitPreview,
} from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { readAgain, useAsk } from '../core/query.ts'
import { paths } from '../paths.ts'
import { Field } from '../ui/office/field.tsx'
import { useGoOn } from '../ui/office/go-on.ts'
import { LeaveGuard } from '../ui/office/leave-guard.tsx'
import { Arriving, Trouble } from '../ui/office/page.tsx'
import { Panel } from '../ui/office/panel.tsx'
import { tellDone } from '../ui/office/undo-bar.tsx'
import { boundaryOf, ringsIn } from './boundary.ts'
import { BoundaryField } from './boundary-field.tsx'
import { GridPage } from './page.tsx'
import { Answers, SplitThings } from './split-things.tsx'
import { useGridWords } from './words.ts'

/** Which zones replace this one, and where does everything on it go? */
export function Component() {
  const { r } = useGridWords()
  const { zoneId = '' } = useParams()
  const found = useAsk(readZone, { params: { zoneId } })
  const zone = found.data?.id === zoneId ? found.data : undefined
  return (
    <GridPage
      title={r.splitUp}
      question={r.splitQuestion}
      trail={
        <Link to={paths.zone(zoneId)}>
          <span translate="no">{zone?.name ?? r.zone}</span>
        </Link>
      }
    >
      {zone ? <Splitting zone={zone} /> : <Arriving found={found} />}
    </GridPage>
  )
}

interface Part {
  name: string
  /** Corners, a line each: see `boundary.ts`. */
  boundary: string
}

/** Whether a part can be sent: it has a name, and its outline is none or one. */
const isWhole = ({ name, boundary }: Part) => {
  const rings = ringsIn(boundary)
  return name.trim() !== '' && Array.isArray(rings) && rings.every((ring) => ring.length >= 3)
}

function partBody({ name, boundary }: Part) {
  const rings = ringsIn(boundary)
  return { name: name.trim(), boundary: Array.isArray(rings) ? boundaryOf(rings) : null }
}

function Splitting({ zone }: { zone: ZoneDetail }) {
  const { r, w } = useGridWords()
  const { gone, goOn } = useGoOn()
  const [parts, setParts] = useState<readonly Part[]>([
    { name: '', boundary: '' },
    { name: '', boundary: '' },
  ])
  const [seen, setSeen] = useState<ZoneSplitPreview>()
  const [answers, setAnswers] = useState<Answers>(new Answers())
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const params = { zoneId: zone.id }
  const doing = async (work: () => Promise<void>) => {
    setBusy(true)
    setError(undefined)
    await work().catch(setError)
    setBusy(false)
  }
  const look = (with_: Answers) =>
    doing(async () => {
      setAnswers(with_)
      const body = { parts: parts.map(partBody), ...with_.body() }
      setSeen(await ask(previewZoneSplit, { params, body }))
    })
  const split = () =>
    doing(async () => {
      const done = await ask(splitZone, { params, body: { token: seen?.token ?? '' } })
      await readAgain(readZone, listZones, mapZones, listResponsibilities)
      tellDone({ text: r.splitDone(done.parts.length) })
      const [first] = done.parts
      goOn(first ? paths.zone(first.id) : paths.zones())
    })
  const change = (at: number, some: Partial<Part>) => {
    setParts(parts.map((part, index) => (index === at ? { ...part, ...some } : part)))
    setSeen(undefined)
  }
  return (
    <>
      <LeaveGuard dirty={!gone && parts.some(({ name, boundary }) => name !== '' || boundary !== '')} />
      <p className="note" translate="no">
        {r.splitLead(zone.name)}
      </p>
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is known by its place alone
        <Panel key={at} label={r.splitPart(at + 1)}>
          <div className="stack">
            <h2>{r.splitPart(at + 1)}</h2>
            <Field label={r.splitName} name={`part-name-${at}`}>
              <Input
                id={`part-name-${at}`}
                value={part.name}
                maxLength={100}
                autoComplete="off"
                onChange={({ target }) => change(at, { name: target.value })}
              />
            </Field>
            <BoundaryField
              id={`part-boundary-${at}`}
              of={r.splitPart(at + 1)}
              text={part.boundary}
              wrong={Array.isArray(ringsIn(part.boundary)) ? undefined : w.field.invalid}
              districtCode={zone.districtCode}
              onChange={(boundary) => change(at, { boundary })}
            />
          </div>
        </Panel>
      ))}
      <div className="formfoot">
        <Button
          disabled={parts.length >= 20}
          onClick={() => {
            setParts([...parts, { name: '', boundary: '' }])
            setSeen(undefined)
          }}
        >
          {r.splitAdd}
        </Button>
        {parts.length > 2 && (
          <Button
            onClick={() => {
              setParts(parts.slice(0, -1))
              setSeen(undefined)
            }}
          >
            {r.splitRemove}
          </Button>
        )}
        <Button
          type={seen ? 'default' : 'primary'}
          loading={busy}
          disabled={!parts.every(isWhole)}
          onClick={() => void look(answers)}
        >
          {r.splitLook}
        </Button>
      </div>
      {error !== undefined && <Trouble error={error} />}
      {seen && (
        <SplitThings seen={seen} names={parts.map(({ name }) => name)} answers={answers} answer={look}>
          <Button danger type="primary" loading={busy} disabled={seen.open > 0} onClick={() => void split()}>
            {r.splitUp}
          </Button>
        </SplitThings>
      )}
    </>
  )
}
