import { Button } from 'antd'
import { type ResponsibilityLevel, responsibilityLevels } from '#modules/grid/words.ts'
import { coverageOfZone, type Responsibility, whoAnswers, type ZoneDetail } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { useDialog } from '../ui/office/dialogs.ts'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { AddDuty, EndButton, EndDuty } from './duties.tsx'
import { useGridWords } from './words.ts'

/** Who answers for the zone today, at each level; of the zone above where the zone itself has nobody. */
export function Who({ zone }: { zone: ZoneDetail }) {
  const { r, say } = useGridWords()
  const dialog = useDialog(['duty', 'end'])
  const found = useAsk(whoAnswers, { params: { zoneId: zone.id }, query: {} })
  const mayEdit = zone.allowed.includes('createResponsibility') && zone.closedAt === null
  const own = found.data?.levels.flatMap(({ responsibilities }) => responsibilities) ?? []
  const ending = own.find(({ id }) => id === dialog.of)
  return (
    <>
      <div className="panelhead">
        <h2>{r.who}</h2>
        {mayEdit && <Button onClick={() => dialog.open('duty')}>{r.addDuty}</Button>}
      </div>
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <Skeleton lines={3} />}
      <dl className="reading answers">
        {found.data?.levels.map(({ level, inherited, responsibilities }) => (
          <div key={level} style={{ display: 'contents' }}>
            <dt>{say(responsibilityLevels[level])}</dt>
            <dd>
              {responsibilities.length === 0 && <span className="warn">{r.nobody}</span>}
              {responsibilities.map((each) => (
                <Duty
                  key={each.id}
                  duty={each}
                  inherited={inherited}
                  end={mayEdit && !inherited ? () => dialog.open('end', each.id) : undefined}
                />
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <Coverage zoneId={zone.id} />
      {dialog.act === 'duty' && mayEdit && <AddDuty zone={zone} close={dialog.close} />}
      {dialog.act === 'end' && mayEdit && ending && <EndDuty duty={ending} close={dialog.close} />}
    </>
  )
}

interface DutyProps {
  duty: Responsibility
  inherited: boolean
  end: (() => void) | undefined
}

function Duty({ duty, inherited, end }: DutyProps) {
  const { r } = useGridWords()
  return (
    <div className="selection">
      <span>
        <Bearer duty={duty} />
        {duty.duties && (
          <span className="soft">
            {' '}
            <Given>{duty.duties}</Given>
          </span>
        )}
        {inherited && (
          <small className="soft">
            {' '}
            {r.inherited} <Given>{duty.zone.name}</Given>
          </small>
        )}
      </span>
      {end && <EndButton name={(duty.unit ?? duty.person)?.name ?? ''} open={end} />}
    </div>
  )
}

/** The unit or the person who bears a duty. */
export function Bearer({ duty: { unit, person } }: { duty: Responsibility }) {
  const named = unit ?? person
  return named ? <Given>{named.name}</Given> : <span className="soft">—</span>
}

/** The days within the next year on which nobody answers, or more than one. */
function Coverage({ zoneId }: { zoneId: string }) {
  const { r, say } = useGridWords()
  const found = useAsk(coverageOfZone, { params: { zoneId }, query: {} })
  if (!found.data) return null
  const lines = found.data.levels.flatMap(({ level, gaps, overlaps }) => [
    ...gaps.map((days) => ({ level, days, text: r.gap })),
    ...overlaps.map((days) => ({ level, days, text: r.overlap })),
  ])
  if (lines.length === 0) return <p className="good">✓ {r.covered}</p>
  return (
    <ul className="dots">
      {lines.map(({ level, days, text }) => (
        <li key={`${level} ${text} ${days.from}`}>
          {say(responsibilityLevels[level as ResponsibilityLevel])} {r.between(days.from, days.until)} {text}
        </li>
      ))}
    </ul>
  )
}
