/** One visit: its standards one under another, what was seen of each, and the end of it. */
import { useState } from 'react'
import { useStore } from '../../core/store.ts'
import { phonePaths } from '../../paths.ts'
import { Given } from '../../ui/plain/given.tsx'
import { go, Link } from '../address.tsx'
import { Button, Empty, Loading, Page, Trouble } from '../parts.tsx'
import { AddStandard } from './add-standard.tsx'
import { keptVisits } from './keeping.ts'
import { nothingKept } from './kept.ts'
import type { PhoneStandard, Seen, Work } from './kinds.ts'
import { Observation } from './observation.tsx'
import { position, positionIfAllowed } from './position.ts'
import type { PacketReading } from './refreshed.ts'
import { Keeping } from './room.tsx'
import { drop, finish, observe, workNow } from './store.ts'
import { useVisitWords } from './words/index.ts'
import { isSaid, type Lack, progressOf, rowsOf, seenOf } from './work.ts'

const filters = ['all', 'open', 'failed'] as const
type Filter = (typeof filters)[number]

const fits: Record<Filter, (standard: PhoneStandard, seen: Seen) => boolean> = {
  all: () => true,
  open: (standard, seen) => !isSaid(standard, seen),
  failed: (_, { answer, count }) => answer === 'partly' || answer === 'not' || (count ?? 0) > 0,
}

export function Visit({ id, reading }: { id: string; reading: PacketReading }) {
  const { v } = useVisitWords()
  const kept = useStore(keptVisits.value) ?? nothingKept
  const work = workNow(kept, id)
  if (!work) {
    return (
      <Page title={v.visit.title}>
        {!reading.tried ? (
          <Loading />
        ) : reading.error ? (
          <Trouble error={reading.error} again={reading.again} />
        ) : (
          <Empty text={v.visit.gone} />
        )}
        <Link to={phonePaths.visits()} className="button">
          {v.title}
        </Link>
      </Page>
    )
  }
  return <OpenVisit work={work} />
}

function OpenVisit({ work }: { work: Work }) {
  const { v } = useVisitWords()
  const [filter, setFilter] = useState<Filter>('all')
  const { asked, said } = progressOf(work)
  const rows = work.standards.flatMap((standard) =>
    Array.from({ length: rowsOf(work, standard) }, (_, n) => ({ standard, sequence: n + 1 })),
  )
  const shown = rows.filter(({ standard, sequence }) =>
    fits[filter](standard, seenOf(work, standard.id, sequence)),
  )
  return (
    <Page
      title={work.title}
      given
      lead={
        <>
          {work.patrol && `${v.patrolTitle} · `}
          <Given>{work.place}</Given>
        </>
      }
    >
      <Keeping />
      {work.patrol && <AddStandard work={work} />}
      {rows.length > 0 && (
        <p className="count" aria-live="polite">
          {v.visit.progress(said, asked)}
        </p>
      )}
      {rows.length > 0 && (
        <fieldset className="tabs three">
          <legend className="unseen">{v.visit.filter}</legend>
          {filters.map((each) => (
            <Button key={each} pressed={filter === each} onPress={() => setFilter(each)}>
              {v.visit[each]}
            </Button>
          ))}
        </fieldset>
      )}
      {rows.length > 0 && shown.length === 0 && <Empty text={v.visit.noneInFilter} />}
      <ol className="standards">
        {shown.map(({ standard, sequence }) => (
          <Observation
            key={`${standard.id}/${sequence}`}
            workId={work.id}
            standard={standard}
            sequence={sequence}
            of={rowsOf(work, standard)}
            seen={seenOf(work, standard.id, sequence)}
            more={() => observe(work.id, standard.id, rowsOf(work, standard) + 1, {})}
          />
        ))}
      </ol>
      <End work={work} />
    </Page>
  )
}

const lacking: readonly Lack[] = ['answer', 'reason', 'picture']

/** Finishing says first what is missing; nothing of it hinders anybody. */
function End({ work }: { work: Work }) {
  const { v } = useVisitWords()
  const where = useStore(position)
  const [asks, setAsks] = useState<'finish' | 'drop' | undefined>()
  const [busy, setBusy] = useState(false)
  const { said, lacks } = progressOf(work)
  const begun = Object.keys(work.seen).length > 0
  const end = async () => {
    setBusy(true)
    finish(work.id, await positionIfAllowed())
    go(phonePaths.uploads())
  }
  const giveUp = () => void drop(work.id).then(() => go(phonePaths.visits()))
  if (asks === 'drop') {
    return (
      <div className="note bad" role="alert">
        <p>{v.visit.dropSure}</p>
        <div className="two">
          <Button onPress={() => setAsks(undefined)}>{v.visit.backToIt}</Button>
          <Button kind="danger" onPress={giveUp}>
            {v.visit.drop}
          </Button>
        </div>
      </div>
    )
  }
  if (asks === 'finish') {
    const missing = lacking.filter((lack) => lacks[lack] > 0 && (lack !== 'answer' || !work.patrol))
    return (
      <div className="note warn" role="alert">
        {missing.map((lack) => (
          <p key={lack}>{v.visit.lacks[lack](lacks[lack])}</p>
        ))}
        <p>{v.visit.sure}</p>
        <p className="soft">{typeof where === 'object' ? v.visit.place.on : v.visit.place.off}</p>
        <div className="two">
          <Button onPress={() => setAsks(undefined)}>{v.visit.backToIt}</Button>
          <Button kind="primary" busy={busy} onPress={() => void end()}>
            {v.visit.finish}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <>
      {(begun || work.patrol) && <Button onPress={() => setAsks('drop')}>{v.visit.drop}</Button>}
      {said > 0 && (
        <div className="foot">
          <Button kind="primary" onPress={() => setAsks('finish')}>
            {v.visit.finish}
          </Button>
        </div>
      )}
    </>
  )
}
