/** 我的走访: where to go today, what was begun, and what waits to be sent. */
import { visitRoles } from '#modules/inspection/words.ts'
import { Unreachable } from '../../core/refused.ts'
import { useStore } from '../../core/store.ts'
import { momentOfStamp, momentText } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { mapLink, phonePaths } from '../../paths.ts'
import { Given } from '../../ui/plain/given.tsx'
import { Link } from '../address.tsx'
import { Button, Empty, Page, Trouble } from '../parts.tsx'
import { byDistance, metresTo } from './distance.ts'
import { keptVisits } from './keeping.ts'
import { nothingKept, toVisit } from './kept.ts'
import type { PacketVisit, Work } from './kinds.ts'
import { locate, position } from './position.ts'
import type { PacketReading } from './refreshed.ts'
import { Keeping } from './room.tsx'
import { useVisitWords } from './words/index.ts'
import { progressOf } from './work.ts'

export function Round({ reading: { error, again } }: { reading: PacketReading }) {
  const { v } = useVisitWords()
  const kept = useStore(keptVisits.value) ?? nothingKept
  const todo = toVisit(kept)
  const begun = kept.works.length > 0
  return (
    <Page title={v.title} lead={todo.length > 0 ? v.lead(todo.length) : undefined}>
      <Keeping />
      <AsOf error={error} again={again} at={kept.packet?.at} />
      {kept.uploads.length > 0 && (
        <Link to={phonePaths.uploads()} className="button">
          {v.unsent(kept.uploads.length)}
        </Link>
      )}
      {begun && (
        <section>
          <h2>{v.underWay}</h2>
          {kept.works.map((work) => (
            <Begun key={work.id} work={work} />
          ))}
        </section>
      )}
      {kept.packet && todo.length === 0 && !begun && <Empty text={v.empty} />}
      {todo.length > 0 && <ToVisit visits={todo} />}
      <Link to={phonePaths.patrol()} className="button">
        {v.patrol}
      </Link>
    </Page>
  )
}

/** How old the packet is; without network it is what the phone kept. */
function AsOf({ error, again, at }: { error: unknown; again: () => void; at: number | undefined }) {
  const { v, language } = useVisitWords()
  const when = at === undefined ? undefined : momentText(momentOfStamp(at), cityZone(), language)
  if (error && !(when && error instanceof Unreachable)) return <Trouble error={error} again={again} />
  if (!when) return null
  return error ? (
    <p className="note" role="status">
      {v.offline(when)}
    </p>
  ) : (
    <p className="soft">{v.loadedAt(when)}</p>
  )
}

function Begun({ work }: { work: Work }) {
  const { v } = useVisitWords()
  const { asked, said } = progressOf(work)
  return (
    <div className="card">
      <h3>
        <Given>{work.title}</Given>
      </h3>
      <p className="soft">
        {work.patrol && `${v.patrolTitle} · `}
        <Given>{work.place}</Given>
      </p>
      <p>{v.visit.progress(said, asked)}</p>
      <Link to={phonePaths.visits(work.id)} className="button primary">
        {v.goOn}
      </Link>
    </div>
  )
}

function ToVisit({ visits }: { visits: PacketVisit[] }) {
  const { v } = useVisitWords()
  const here = useStore(position)
  const known = typeof here === 'object' ? here : undefined
  return (
    <section>
      <h2>{v.todo}</h2>
      {here === 'none' ? (
        <p className="note">{v.noPosition}</p>
      ) : (
        <Button pressed={known !== undefined} busy={here === 'asking'} onPress={() => void locate()}>
          {here === 'asking' ? v.locating : v.sortByDistance}
        </Button>
      )}
      <ul className="cards">
        {(known ? byDistance(visits, known) : visits).map((visit) => (
          <li key={visit.id} className="card">
            <Point visit={visit} metres={known && metresTo(visit, known)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Point({ visit, metres }: { visit: PacketVisit; metres: number | undefined }) {
  const { v, say } = useVisitWords()
  const { point, zone, role, attempt, roundLabel, standardIds } = visit
  const name = point?.name ?? zone.name
  const what = [say(visitRoles[role]), attempt > 1 && v.attempt(attempt), roundLabel]
    .filter(Boolean)
    .join(' · ')
  return (
    <>
      <h3 id={`point-${visit.id}`}>
        <Given>{name}</Given>
      </h3>
      <p>
        <Given>{zone.name}</Given>
        {metres !== undefined && ` · ${v.metres(Math.max(10, Math.round(metres / 10) * 10))}`}
      </p>
      <p className="soft">
        {what}
        {' · '}
        {v.standards(standardIds.length)}
      </p>
      <div className="two">
        {point?.latitude != null && point.longitude != null && (
          <a
            className="button"
            href={mapLink({ name, latitude: point.latitude, longitude: point.longitude })}
            aria-describedby={`point-${visit.id}`}
          >
            {v.map}
          </a>
        )}
        <Link to={phonePaths.visits(visit.id)} className="button primary">
          {v.open}
        </Link>
      </div>
    </>
  )
}
