import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { answeringSteps, caseSources, recheckOutcomes, severities } from '#modules/inspection/words.ts'
import { readShift, type WholeCase } from '../../api/operations.ts'
import { useAsk } from '../../core/query.ts'
import { momentText } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { useDistricts } from '../../grid/districts.ts'
import { paths } from '../../paths.ts'
import { Panel } from '../../ui/office/panel.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useMay } from '../page.tsx'
import { useCaseWords } from './words/index.ts'

/** What is known of a case: what, where, who answers and why they, who found it, and what became of it later. */
export function CaseFacts({ of }: { of: WholeCase }) {
  const { r, say, language } = useCaseWords()
  const districts = useDistricts()
  const maySeeTask = useMay('tasks.read')
  const at = (moment: string) => momentText(moment, cityZone(), language)
  const given = (text: string) => <Given>{text}</Given>
  const district = of.districtCode === '' ? null : districts.nameOf(of.districtCode)
  const facts: [string, ReactNode][] = [
    [r.standard, given(`${of.standard.code} ${of.standard.text}`)],
    ...(of.category ? [[r.indicator, given(of.category)] as [string, ReactNode]] : []),
    [r.severity, say(severities[of.severity])],
    [r.source, say(caseSources[of.source])],
    ...(of.point
      ? [
          [
            r.point,
            <Link key="point" to={paths.point(of.point.id)}>
              {given(`${of.point.name}（${of.point.code}）`)}
            </Link>,
          ] as [string, ReactNode],
        ]
      : []),
    [
      r.zone,
      <Link key="zone" to={paths.zone(of.zone.id)}>
        {given(of.zone.name)}
      </Link>,
    ],
    [r.district, district ? given(district) : r.ofCity],
    [r.unit, of.unit ? given(of.unit.name) : r.nobody],
    ...(of.answeringStep ? [[r.step, say(answeringSteps[of.answeringStep])] as [string, ReactNode]] : []),
    [
      r.foundBy,
      <span key="found">
        {of.foundBy && given(of.foundBy.name)} {at(of.foundAt)}
      </span>,
    ],
    [r.due, of.dueAt ? at(of.dueAt) : of.taskId ? r.noDue : r.waiting],
    ...(of.recurrences > 0 ? [[r.recurrences, r.times(of.recurrences)] as [string, ReactNode]] : []),
    [r.recheck, of.recheckOutcome ? say(recheckOutcomes[of.recheckOutcome]) : r.recheckNone],
  ]
  return (
    <Panel label={r.facts}>
      <h2>{r.facts}</h2>
      {of.issuedWithoutPicturesAt && (
        <p className="note warn">{r.withoutPictures(at(of.issuedWithoutPicturesAt))}</p>
      )}
      <dl className="case-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="case-acts">
        {of.taskId && maySeeTask && <Link to={paths.task(of.taskId)}>{r.toTask}</Link>}
        {of.roundId && <Link to={paths.round(of.roundId)}>{r.toRound}</Link>}
        <ToShift shiftId={of.shiftId} />
      </p>
    </Panel>
  )
}

/** The way to the shift that was drafted from it. */
function ToShift({ shiftId }: { shiftId: string | null }) {
  const { r } = useCaseWords()
  const { data } = useAsk(readShift, { params: { shiftId: shiftId ?? '' } }, { skip: shiftId === null })
  if (!shiftId || !data) return null
  return <Link to={paths.shift(data.eventId, shiftId)}>{r.toShift}</Link>
}
