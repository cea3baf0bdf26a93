/** A duty: where, when, and what one is there. */
import { dutyRoles } from '#modules/attendance/words.ts'
import { listMyDuties } from '../api/operations.ts'
import { me } from '../core/session.ts'
import { clockText, momentText, periodText, serverNow } from '../core/time.ts'
import { Given } from '../ui/plain/given.tsx'
import { Link } from './address.tsx'
import { Empty, Page, Shown } from './parts.tsx'
import { type Reading, useAsk } from './reading.ts'
import type { Duty } from './roll/store.ts'
import { useWords } from './words/index.ts'

/** One's duties, asked for again every 20 seconds while somebody looks. */
export function useDuties(): Reading<{ items: Duty[] }> {
  return useAsk(listMyDuties, {}, { seconds: 20 })
}

/** Whether one leads people there. */
export function leads({ as }: Duty): boolean {
  return as.some((role) => role !== 'own')
}

/** Whether one calls the roll there: the right to record is over teams, so being in charge alone is not enough. */
export function callsRoll(duty: Duty): boolean {
  return leads(duty) && (me.get()?.permissions.includes('attendance.record') ?? false)
}

export function DutyFacts({ duty }: { duty: Duty }) {
  const { w, language, say } = useWords()
  const { event, zone, work, startsAt, endsAt, meetingPoint, as } = duty
  return (
    <>
      <p className="when">
        {periodText(startsAt, endsAt, event.timeZone, language)}
        <Phase duty={duty} />
      </p>
      <h2>
        <Given>{zone.name}</Given>
      </h2>
      <p>
        <Given>{work}</Given>
      </p>
      <p>
        {w.duties.meeting} {meetingPoint ? <Given>{meetingPoint}</Given> : w.duties.none}
      </p>
      <p className="soft">
        {as.map((role) => say(dutyRoles[role])).join(language === 'zh' ? '、' : ', ')}
        {' · '}
        <Given>{event.name}</Given>
      </p>
    </>
  )
}

function Phase({ duty: { startsAt, endsAt, cancelled } }: { duty: Duty }) {
  const { w } = useWords()
  const now = serverNow()
  const minutes = Math.ceil((Date.parse(startsAt) - now) / 60_000)
  if (cancelled) return <span className="mark over">{w.duties.cancelled}</span>
  if (now >= Date.parse(endsAt)) return <span className="mark over">{w.duties.over}</span>
  if (minutes <= 0) return <span className="mark now">{w.duties.running}</span>
  if (minutes > 12 * 60) return null
  return <span className="mark">{w.duties.inHours(Math.floor(minutes / 60), minutes % 60)}</span>
}

/** The time of day at the place of a duty; with the day where it is another. */
export function useTimes(timeZone: string) {
  const { language } = useWords()
  return {
    clock: (at: string | number) => clockText(at, timeZone),
    moment: (at: string) => momentText(at, timeZone, language),
  }
}

interface ChooseProps {
  title: string
  lead: string
  empty: string
  to: (shiftId: string) => string
  among: (duty: Duty) => boolean
}

/** Chooses one of several duties; a single one need not be chosen. */
export function ChooseDuty({
  title,
  lead,
  empty,
  to,
  among,
  children,
}: ChooseProps & {
  children: (duty: Duty) => React.ReactNode
}) {
  const duties = useDuties()
  const found = duties.data?.items.filter(among) ?? []
  const [only] = found
  if (only && found.length === 1) return <>{children(only)}</>
  return (
    <Page title={title} lead={found.length > 0 ? lead : undefined}>
      <Shown of={duties}>
        {() => (found.length === 0 ? <Empty text={empty} /> : <DutyLinks duties={found} to={to} />)}
      </Shown>
    </Page>
  )
}

function DutyLinks({ duties, to }: { duties: readonly Duty[]; to: (shiftId: string) => string }) {
  const { w, language } = useWords()
  return (
    <ul className="cards">
      {duties.map(({ shiftId, zone, event, startsAt, endsAt, present, expected }) => (
        <li key={shiftId}>
          <Link to={to(shiftId)} className="card">
            <span className="when">{periodText(startsAt, endsAt, event.timeZone, language)}</span>
            <strong>
              <Given>{zone.name}</Given>
            </strong>
            <span>{w.duties.present(present, expected)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
