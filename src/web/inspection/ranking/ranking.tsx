import { Link, useParams } from 'react-router'
import { schemeMethods } from '#modules/inspection/words.ts'
import { readRanking, readRound, type WholeRanking } from '../../api/operations.ts'
import { useAsk } from '../../core/query.ts'
import { momentText } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { paths } from '../../paths.ts'
import { Arriving } from '../../ui/office/page.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { InspectionPage } from '../page.tsx'
import { RatesTable } from '../rates/table.tsx'
import { RankingActs } from './acts.tsx'
import { LineTable } from './lines.tsx'
import { useRankingName } from './texts.ts'
import { useRankingWords } from './words/index.ts'
import '../seen.css'

/** While it is computed the page looks again by itself. */
const whileComputing = 2_000

/** Who stands where, what does a difference mean, and what is it made of? */
export function Component() {
  const { r } = useRankingWords()
  const nameOf = useRankingName()
  const { rankingId = '' } = useParams()
  const found = useAsk(
    readRanking,
    { params: { rankingId } },
    { every: (answer) => (answer?.state === 'computing' ? whileComputing : false) },
  )
  const ranking = found.data?.id === rankingId ? found.data : undefined
  return (
    <InspectionPage
      title={ranking ? nameOf(ranking) : r.title}
      question={r.rankingQuestion}
      acts={ranking && <RankingActs ranking={ranking} />}
    >
      {ranking ? <Whole ranking={ranking} /> : <Arriving found={found} />}
    </InspectionPage>
  )
}

function Whole({ ranking }: { ranking: WholeRanking }) {
  const { r } = useRankingWords()
  return (
    <div className="room">
      <Standing ranking={ranking} />
      {ranking.lines.length > 0 && <LineTable ranking={ranking} />}
      <Reading ranking={ranking} />
      {ranking.cases && (
        <RatesTable caption={r.allCases} groups={[{ id: 'all', name: r.allCases, ...ranking.cases }]} />
      )}
      <Basis ranking={ranking} />
    </div>
  )
}

/** Where it stands between its computation and what is final. */
function Standing({ ranking }: { ranking: WholeRanking }) {
  const { r, language } = useRankingWords()
  const at = (moment: string) => momentText(moment, cityZone(), language)
  const { open, granted, refused, withdrawn } = ranking.appeals
  const any = open + granted + refused + withdrawn > 0
  const texts = {
    computing: r.computing,
    draft: ranking.appealableUntil ? r.draftUntil(at(ranking.appealableUntil)) : '',
    settled: r.settled,
    final: ranking.finalAt ? r.final(at(ranking.finalAt)) : '',
  }
  return (
    <div className={ranking.state === 'draft' ? 'note warn' : 'note'} role="status">
      <p>{texts[ranking.state]}</p>
      {any && (
        <p>
          {r.appeals(open, granted, refused, withdrawn)}{' '}
          <Link to={paths.appealsOf(ranking.id)}>{r.toAppeals}</Link>
        </p>
      )}
    </div>
  )
}

/** What the table means, in the words of whoever has to explain it. */
function Reading({ ranking: { spec } }: { ranking: WholeRanking }) {
  const { r } = useRankingWords()
  const field = Math.round(spec.fieldWeight * 100)
  const lines = [
    r.readings.total(field, 100 - field),
    r.readings.interval,
    r.readings.level,
    r.readings.few(spec.pointsMin, spec.dueMin),
    r.readings.found,
    r.readings.checked,
  ]
  return (
    <Panel label={r.reading}>
      <h2>{r.reading}</h2>
      <ul className="dots">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Panel>
  )
}

/** Rounds, method, cut-off and seed: with them anybody computes it again. */
function Basis({ ranking }: { ranking: WholeRanking }) {
  const { r, say, language } = useRankingWords()
  return (
    <Panel label={r.basis}>
      <h2>{r.basis}</h2>
      <dl className="case-facts">
        <div>
          <dt>{r.rounds}</dt>
          <dd>
            {ranking.roundIds.map((id) => (
              <RoundLink key={id} roundId={id} />
            ))}
          </dd>
        </div>
        {ranking.method && (
          <div>
            <dt>{r.method}</dt>
            <dd>{say(schemeMethods[ranking.method])}</dd>
          </div>
        )}
        <div>
          <dt>{r.visits}</dt>
          <dd>{ranking.visits}</dd>
        </div>
        <div>
          <dt>{r.cutAt}</dt>
          <dd>{momentText(ranking.cutAt, cityZone(), language)}</dd>
        </div>
        <div>
          <dt>{r.seed}</dt>
          <dd>
            <code translate="no" lang="en">
              {ranking.seed}
            </code>
            <p className="soft">{r.seedHint}</p>
          </dd>
        </div>
      </dl>
    </Panel>
  )
}

function RoundLink({ roundId }: { roundId: string }) {
  const { data } = useAsk(readRound, { params: { roundId } })
  if (!data) return null
  return (
    <p>
      <Link to={paths.round(roundId)}>
        <Given>{`${data.label} ${data.title}`}</Given>
      </Link>
    </p>
  )
}
