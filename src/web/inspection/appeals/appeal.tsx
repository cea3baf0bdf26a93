import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { appealOutcomes } from '#modules/inspection/words.ts'
import { type Appeal, readAppeal, readVisit } from '../../api/operations.ts'
import { OpenDialog } from '../../command/open-dialog.tsx'
import { useAsk } from '../../core/query.ts'
import { momentText } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { paths } from '../../paths.ts'
import { useDialog } from '../../ui/office/dialogs.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Arriving, Skeleton, Trouble } from '../../ui/office/page.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { InspectionPage } from '../page.tsx'
import { PictureList } from '../picture-list.tsx'
import { Answer } from './answer.tsx'
import { Grant, Refuse, Withdraw } from './deciding.tsx'
import { useRankingOf } from './list.tsx'
import { useAppealsWords } from './words/index.ts'

/** Should it be corrected, and on what grounds? */
export function Component() {
  const { r } = useAppealsWords()
  const { appealId = '' } = useParams()
  const found = useAsk(readAppeal, { params: { appealId } })
  const appeal = found.data?.id === appealId ? found.data : undefined
  return (
    <InspectionPage
      title={appeal ? `${appeal.unit.name} · ${appeal.standard.code}` : r.appeal}
      given={appeal !== undefined}
      question={r.appealQuestion}
      acts={<LinkButton to={paths.appeals()} text={r.backToList} />}
    >
      {appeal ? <Whole appeal={appeal} /> : <Arriving found={found} />}
    </InspectionPage>
  )
}

function Whole({ appeal }: { appeal: Appeal }) {
  const { r, say } = useAppealsWords()
  const { shows, open, close } = useDialog(['grant', 'refuse', 'withdraw'])
  const { decide, withdraw } = appeal.allowed
  return (
    <div className="room">
      <Panel label={r.acts}>
        <h2>{appeal.outcome ? say(appealOutcomes[appeal.outcome]) : r.open}</h2>
        {!decide && !withdraw && <p className="soft">{r.nothing}</p>}
        {decide && <p className="soft">{r.own}</p>}
        <p className="case-acts">
          {decide && <OpenDialog primary text={r.grant} open={() => open('grant')} />}
          {decide && <OpenDialog text={r.refuse} open={() => open('refuse')} />}
          {withdraw && <OpenDialog text={r.withdraw} open={() => open('withdraw')} />}
        </p>
        {shows('grant', decide) && <Grant appeal={appeal} close={close} />}
        {shows('refuse', decide) && <Refuse appeal={appeal} close={close} />}
        {shows('withdraw', withdraw) && <Withdraw appeal={appeal} close={close} />}
      </Panel>
      <Facts appeal={appeal} />
      <Evidence appeal={appeal} />
    </div>
  )
}

function Facts({ appeal }: { appeal: Appeal }) {
  const { r, language } = useAppealsWords()
  const rankingOf = useRankingOf()
  const at = (moment: string) => momentText(moment, cityZone(), language)
  const { standard, point, unit, corrected, decision, decidedAt } = appeal
  const facts: [string, ReactNode][] = [
    [r.unit, <Given key="unit">{unit.name}</Given>],
    [r.standard, <Given key="standard">{`${standard.code} ${standard.text}`}</Given>],
    ...(point ? [[r.point, <Given key="point">{point.name}</Given>] as [string, ReactNode]] : []),
    [
      r.ranking,
      <Link key="ranking" to={paths.ranking(appeal.rankingId)}>
        {rankingOf(appeal.ranking)}
      </Link>,
    ],
    [r.seen, <Answer key="seen" of={appeal.seen} />],
    [r.wanted, <Answer key="wanted" of={appeal.wanted} />],
    ...(corrected ? [[r.corrected, <Answer key="corrected" of={corrected} />] as [string, ReactNode]] : []),
    [r.at, at(appeal.createdAt)],
    [r.reason, <Given key="reason">{appeal.reason}</Given>],
    ...(decidedAt ? [[r.decidedAt, at(decidedAt)] as [string, ReactNode]] : []),
    ...(decision ? [[r.decision, <Given key="decision">{decision}</Given>] as [string, ReactNode]] : []),
  ]
  return (
    <Panel label={r.facts}>
      <h2>{r.facts}</h2>
      <dl className="case-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="case-acts">
        <Link to={paths.rankedVisit(appeal.rankingId, appeal.visitId)}>{r.toVisit}</Link>
        <Link to={paths.task(appeal.taskId)}>{r.toTask}</Link>
      </p>
    </Panel>
  )
}

/** What the inspector saw, with its pictures. */
function Evidence({ appeal }: { appeal: Appeal }) {
  const { r } = useAppealsWords()
  const found = useAsk(readVisit, { params: { visitId: appeal.visitId } })
  const seen = found.data?.observations.find(({ id }) => id === appeal.observationId)
  return (
    <Panel label={r.evidence}>
      <h2>{r.evidence}</h2>
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <Skeleton lines={3} />}
      {seen?.note && (
        <p>
          <Given>{seen.note}</Given>
        </p>
      )}
      {seen && seen.awaited > 0 && <p className="warn">! {r.awaited(seen.awaited)}</p>}
      {seen?.pictures.length === 0 && seen.awaited === 0 && <p className="soft">{r.noPictures}</p>}
      {seen && <PictureList large pictures={seen.pictures} of={r.picture} />}
    </Panel>
  )
}
