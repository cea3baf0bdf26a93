import { Link, useParams, useSearchParams } from 'react-router'
import { observationAnswers, pointClasses } from '#modules/inspection/words.ts'
import { readRanking, readVisit, type WholeVisit } from '../../api/operations.ts'
import { OpenDialog } from '../../command/open-dialog.tsx'
import { useAsk } from '../../core/query.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useDialog } from '../../ui/office/dialogs.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Arriving } from '../../ui/office/page.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { InspectionPage, useMay } from '../page.tsx'
import { PictureList } from '../picture-list.tsx'
import { FileAppeal } from './file-appeal.tsx'
import { useRankingWords } from './words/index.ts'

type Observation = WholeVisit['observations'][number]

/** What was seen at this point? Each answer with its pictures; while appeals are open, each may be appealed against. */
export function Component() {
  const { r, say } = useRankingWords()
  const { rankingId = '', visitId = '' } = useParams()
  const [search] = useSearchParams()
  const lineId = search.get('lineId')
  const ranking = useAsk(readRanking, { params: { rankingId } })
  const found = useAsk(readVisit, { params: { visitId } })
  const visit = found.data?.id === visitId ? found.data : undefined
  const back = lineId ? paths.rankingLine(rankingId, lineId) : paths.ranking(rankingId)
  const where = visit && [
    visit.zone.name,
    ...(visit.pointClass ? [say(pointClasses[visit.pointClass])] : []),
    ...(visit.balanced ? [`${r.score} ${visit.balanced.percent.toFixed(2)}`] : []),
  ]
  return (
    <InspectionPage
      title={visit ? (visit.point?.name ?? visit.zone.name) : r.visit}
      given={visit !== undefined}
      question={where ? <WhereText parts={where} /> : r.visitQuestion}
      acts={<LinkButton to={back} text={lineId ? r.backToLine : r.backToRanking} />}
    >
      {visit ? (
        <Observations rankingId={rankingId} visit={visit} open={ranking.data?.allowed.appeal === true} />
      ) : (
        <Arriving found={found} />
      )}
    </InspectionPage>
  )
}

function WhereText({ parts: [zone = '', ...more] }: { parts: readonly string[] }) {
  return (
    <>
      <Given>{zone}</Given>
      {more.map((each) => ` · ${each}`)}
    </>
  )
}

interface Props {
  rankingId: string
  visit: WholeVisit
  /** Whether units may appeal now, and the reader reports for one. */
  open: boolean
}

function Observations({ rankingId, visit, open: appealable }: Props) {
  const { r, say } = useRankingWords()
  const maySeeCases = useMay('cases.read')
  const { act, of, open, close } = useDialog(['appeal'])
  const appealed = visit.observations.find(({ id }) => id === of)
  const columns: Column<Observation>[] = [
    {
      key: 'standard',
      title: r.standard,
      names: true,
      cell: ({ standard }) => <Given>{`${standard.code} ${standard.text}`}</Given>,
    },
    {
      key: 'answer',
      title: r.answer,
      cell: ({ answer, count, note, superseded }) => (
        <>
          <span className={superseded ? 'soft' : answer === 'not' ? 'bad' : undefined}>
            {say(observationAnswers[answer])}
            {count !== null && ` ${r.counted(count)}`}
          </span>
          {superseded && <span className="line warn">{r.superseded}</span>}
          {note && (
            <span className="line soft">
              <Given>{note}</Given>
            </span>
          )}
        </>
      ),
    },
    {
      key: 'score',
      title: r.score,
      number: true,
      cell: ({ score }) => (score === null ? r.none : score),
    },
    {
      key: 'pictures',
      title: r.pictures,
      cell: ({ pictures, awaited }) => (
        <>
          {awaited > 0 && <span className="warn">! {r.awaited(awaited)}</span>}
          {pictures.length === 0 && awaited === 0 && <span className="soft">{r.noPictures}</span>}
          <PictureList pictures={pictures} of={r.picture} />
        </>
      ),
    },
    {
      key: 'acts',
      title: r.acts,
      cell: ({ id, caseId, superseded }) => (
        <span className="acts">
          {caseId && maySeeCases && <Link to={paths.case(caseId)}>{r.toCase}</Link>}
          {appealable && !superseded && <OpenDialog text={r.appeal} open={() => open('appeal', id)} />}
        </span>
      ),
    },
  ]
  return (
    <section className="panel table pictured" aria-label={r.observations}>
      <DataTable
        caption={r.observations}
        columns={columns}
        rows={visit.observations}
        keyOf={({ id }) => id}
      />
      {act === 'appeal' && appealed && (
        <FileAppeal rankingId={rankingId} observation={appealed} close={close} />
      )}
    </section>
  )
}
