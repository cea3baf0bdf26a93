import { Button, Checkbox, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import {
  type Board,
  type EventDetail,
  listAssignments,
  listFreeTeams,
  listPlans,
  readPlan,
} from '../../api/operations.ts'
import { useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { periodText } from '../../core/time.ts'
import { paths } from '../../paths.ts'
import { Trouble } from '../../ui/office/page.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { FillBar } from '../../ui/plain/fill-bar.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import type { Cell, Party } from './layout.ts'
import type { Carried } from './moving.ts'

interface Props {
  event: EventDetail
  board: Board
  cell: Cell | undefined
  parties: readonly Party[]
  mayMove: boolean
  carry: (who: Carried) => void
  /** Gives the opened shift to these. */
  place: (who: Carried) => void
  help: () => void
}

/** The opened shift: who is on it, why places are free, and who could come. */
export function Side({ event, board, cell, parties, mayMove, carry, place, help }: Props) {
  const { w, language } = useWords()
  const { board: b } = w
  return (
    <div className="side">
      <Panel aside label={b.side}>
        {cell ? (
          <>
            <h2>
              <Given>{board.zones.names[cell.zone] ?? ''}</Given>
            </h2>
            <p>
              {periodText(
                board.times.starts[cell.time]!,
                board.times.ends[cell.time]!,
                event.timeZone,
                language,
              )}
            </p>
            <p>
              <Given>{board.works[cell.work] ?? ''}</Given>
            </p>
            <p>
              <FillBar {...cell} />
            </p>
            <p>
              <Link to={paths.shift(event.id, cell.shiftId)}>{b.toShift}</Link>
            </p>
            <Why event={event} shiftId={cell.shiftId} />
            <h3>{b.onShift}</h3>
            {parties.length === 0 && <p className="soft">{b.nobody}</p>}
            {parties.map((party) => (
              <TeamHere key={party.teamId} {...{ party, mayMove, carry }} shiftId={cell.shiftId} />
            ))}
            {mayMove && <Free event={event} room={cell.max - cell.taken} place={place} />}
          </>
        ) : (
          <>
            <h2>{b.side}</h2>
            <p>{b.chooseCell}</p>
            {mayMove && <p>{b.howToMove}</p>}
            <p>
              <Button size="small" onClick={help}>
                {b.keys}
              </Button>
            </p>
          </>
        )}
      </Panel>
    </div>
  )
}

/** What the planner says of the shift, if it stayed short in the latest proposal. */
function Why({ event, shiftId }: { event: EventDetail; shiftId: string }) {
  const { w, say } = useWords()
  const may = useStore(me)?.permissions.includes('plans.read') === true
  const list = useAsk(listPlans, { params: { eventId: event.id }, query: { limit: 1 } }, { skip: !may })
  const planId = list.data?.items[0]?.id
  const plan = useAsk(readPlan, { params: { planId: planId ?? '' } }, { skip: !planId })
  const shortage =
    plan.data?.id === planId ? plan.data?.shortages.find((each) => each.shiftId === shiftId) : undefined
  if (!shortage) return null
  return (
    <>
      <h3>{w.board.whyShort}</h3>
      <p translate="no">{say(shortage.reason)}</p>
      {shortage.levers.length > 0 && (
        <ul className="dots" translate="no">
          {shortage.levers.slice(0, 3).map(({ lever, text }) => (
            <li key={lever}>{say(text)}</li>
          ))}
        </ul>
      )}
    </>
  )
}

interface TeamHereProps {
  party: Party
  shiftId: string
  mayMove: boolean
  carry: (who: Carried) => void
}

function TeamHere({ party, shiftId, mayMove, carry }: TeamHereProps) {
  const { w } = useWords()
  const { board: b } = w
  const [choosing, setChoosing] = useState(false)
  const { teamId, name, unit, named, heads, accepted } = party
  return (
    <div className="team">
      <strong>
        <Given>{name}</Given>
      </strong>
      {unit && (
        <div className="unit soft">
          <Given>{unit}</Given>
        </div>
      )}
      <div>{b.partyOf(named, heads, accepted)}</div>
      {mayMove && (
        <div className="acts">
          <Button
            size="small"
            draggable
            onDragStart={() => carry({ teamId, name, fromShiftId: shiftId })}
            onClick={() => carry({ teamId, name, fromShiftId: shiftId })}
          >
            {b.moveTeam}
          </Button>
          {named > 0 && (
            <Button size="small" aria-expanded={choosing} onClick={() => setChoosing(!choosing)}>
              {b.moveSome}
            </Button>
          )}
        </div>
      )}
      {choosing && <People {...{ party, shiftId, carry }} done={() => setChoosing(false)} />}
    </div>
  )
}

interface PeopleProps extends Omit<TeamHereProps, 'mayMove'> {
  done: () => void
}

/** The people of a team on the shift, to choose who moves. */
function People({ party, shiftId, carry, done }: PeopleProps) {
  const { w } = useWords()
  const { board: b } = w
  const [chosen, setChosen] = useState<readonly string[]>([])
  const found = useAsk(listAssignments, { params: { shiftId }, query: { limit: 200 } })
  const own = found.data?.items.filter(
    ({ team, answer, excusedAt }) => team?.id === party.teamId && answer !== 'declined' && excusedAt === null,
  )
  if (found.isError) return <Trouble error={found.error} again={() => void found.refetch()} />
  return (
    <>
      <Checkbox.Group className="people" value={[...chosen]} onChange={(ids) => setChosen(ids as string[])}>
        {own?.map(({ id, person }) => (
          <Checkbox key={id} value={id}>
            <Given>{person.name}</Given>
          </Checkbox>
        ))}
      </Checkbox.Group>
      <Button
        size="small"
        disabled={chosen.length === 0}
        onClick={() => {
          carry({ teamId: party.teamId, name: party.name, fromShiftId: shiftId, assignmentIds: [...chosen] })
          done()
        }}
      >
        {b.moveChosen(chosen.length)}
      </Button>
    </>
  )
}

const freeShown = 8

/** Teams with members who have no place yet, found by name. */
function Free({ event, room, place }: { event: EventDetail; room: number; place: (who: Carried) => void }) {
  const { w } = useWords()
  const { board: b } = w
  const [typed, setTyped] = useState('')
  const found = useAsk(listFreeTeams, { params: { eventId: event.id } })
  const wanted = typed.trim().toLowerCase()
  const teams = (found.data?.items ?? []).filter(({ name, unit }) =>
    `${name} ${unit ?? ''}`.toLowerCase().includes(wanted),
  )
  return (
    <>
      <h3>{b.free}</h3>
      <Input
        id="free-team"
        type="search"
        maxLength={60}
        value={typed}
        placeholder={b.findTeam}
        aria-label={b.findTeam}
        onChange={({ target }) => setTyped(target.value)}
      />
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.data && teams.length === 0 && <p className="soft">{b.noFree}</p>}
      {teams.slice(0, freeShown).map((team) => (
        <FreeTeam key={team.id} team={team} room={room} place={place} />
      ))}
      {teams.length > freeShown && <p className="soft">{b.moreFree(teams.length - freeShown)}</p>}
    </>
  )
}

interface FreeTeamProps {
  team: { id: string; name: string; unit: string | null; people: number; heads: number }
  room: number
  place: (who: Carried) => void
}

function FreeTeam({ team: { id, name, unit, people, heads }, room, place }: FreeTeamProps) {
  const { w } = useWords()
  const { board: b } = w
  const [count, setCount] = useState<number | null>(null)
  // Whoever has a name comes first; a team that gave numbers alone sends heads.
  const named = people > 0
  const free = named ? people : heads
  const wanted = count ?? Math.max(1, Math.min(free, room))
  return (
    <div className="team">
      <strong>
        <Given>{name}</Given>
      </strong>
      {unit && (
        <div className="unit soft">
          <Given>{unit}</Given>
        </div>
      )}
      <div>{b.freeOf(people, heads)}</div>
      <div className="acts">
        <InputNumber
          size="small"
          min={1}
          max={free}
          value={wanted}
          controls={false}
          aria-label={b.howMany}
          onChange={setCount}
        />
        <Button
          size="small"
          disabled={room <= 0}
          onClick={() =>
            place({
              teamId: id,
              name,
              fromShiftId: null,
              ...(named ? { people: wanted } : { heads: wanted }),
            })
          }
        >
          {b.placeHere}
        </Button>
      </div>
    </div>
  )
}
