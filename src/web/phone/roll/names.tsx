/** The names of a roll: those who are not here are tapped, all others at once. */
import { useState } from 'react'
import { rollResults } from '#modules/attendance/words.ts'
import { momentOfStamp } from '../../core/time.ts'
import { Given } from '../../ui/plain/given.tsx'
import { useTimes } from '../duty.tsx'
import { Button, Empty } from '../parts.tsx'
import { useWords } from '../words/index.ts'
import { type KeptRoll, markOf, type Place, restOf, type Shown, shownOf } from './kept.ts'
import { mark } from './store.ts'

/** The last is a view of its own: who leaves, when everybody goes home. */
const filters = ['all', 'open', 'absent', 'leaving'] as const
type Filter = (typeof filters)[number]

const shownIn: Record<Filter, (shown: Shown) => boolean> = {
  all: () => true,
  open: (shown) => shown === 'open' || shown === 'stated' || shown === 'refused',
  absent: (shown) => shown === 'absent' || shown === 'no',
  leaving: (shown) => shown === 'here' || shown === 'left',
}

export function Names({ roll }: { roll: KeptRoll }) {
  const { w } = useWords()
  const [filter, setFilter] = useState<Filter>('all')
  const shown = roll.places.map((place) => ({ place, is: shownOf(roll, place) }))
  const count = (...of: Shown[]) => shown.filter(({ is }) => of.includes(is)).length
  const rest = restOf(roll)
  const stay = shown.flatMap(({ place, is }) => (is === 'here' ? place.assignmentId : []))
  const listed = shown.filter(({ is }) => shownIn[filter](is))
  const names = {
    all: w.roll.filterAll,
    open: w.roll.filterOpen,
    absent: w.roll.filterAbsent,
    leaving: w.roll.gone,
  }
  return (
    <>
      <p className="count" aria-live="polite">
        {w.roll.count(count('here', 'stated', 'left'), roll.places.length - count('no'))}
        <small>
          {w.roll.absent(count('absent'))} · {w.roll.open(rest.length)}
        </small>
      </p>
      <fieldset className="tabs">
        <legend className="unseen">{w.roll.filter}</legend>
        {filters.map((each) => (
          <Button key={each} pressed={filter === each} onPress={() => setFilter(each)}>
            {names[each]}
          </Button>
        ))}
      </fieldset>
      {listed.length === 0 && <Empty text={w.roll.noneInFilter} />}
      <ul className="names">
        {listed.map(({ place, is }) => (
          <Name key={place.assignmentId} roll={roll} place={place} is={is} leaving={filter === 'leaving'} />
        ))}
      </ul>
      <div className="foot">
        {filter === 'leaving' ? (
          stay.length > 0 && (
            <Button kind="primary" onPress={() => mark(stay, 'left')}>
              {w.roll.restGone(stay.length)}
            </Button>
          )
        ) : rest.length > 0 ? (
          <Button kind="primary" onPress={() => mark(rest, 'present')}>
            {w.roll.rest(rest.length)}
          </Button>
        ) : (
          <p className="done">✓ {w.roll.allDone}</p>
        )}
      </div>
    </>
  )
}

const arrivingMarks = [
  ['present', 'here', 'here'],
  ['absent', 'notHere', 'absent'],
] as const
const leavingMarks = [['left', 'gone', 'left']] as const

interface NameProps {
  roll: KeptRoll
  place: Place
  is: Shown
  leaving: boolean
}

function Name({ roll, place, is: shown, leaving }: NameProps) {
  const { w } = useWords()
  const { assignmentId, name, team } = place
  return (
    <li className={`is-${shown}`}>
      <span className="name">
        <strong id={assignmentId}>
          <Given>{name}</Given>
        </strong>
        <small>
          <State roll={roll} place={place} is={shown} />
          {team && (
            <>
              {' · '}
              <Given>{team}</Given>
            </>
          )}
        </small>
      </span>
      {(leaving ? leavingMarks : arrivingMarks).map(([is, word, shows]) => (
        <Button key={is} of={assignmentId} pressed={shown === shows} onPress={() => mark([assignmentId], is)}>
          {w.roll[word]}
        </Button>
      ))}
    </li>
  )
}

/** How somebody is: in words, with a sign, and the time of the tap. */
function State({ roll, place, is }: { roll: KeptRoll; place: Place; is: Shown }) {
  const { w, say } = useWords()
  const { clock } = useTimes(roll.shift.timeZone)
  const made = markOf(roll, place.assignmentId)
  const result = roll.taken[place.assignmentId]?.result
  const text = is === 'refused' && result ? say(rollResults[result]) : w.roll.states[is]
  const sign = { here: '✓ ', left: '→ ', absent: '✕ ' }[is as 'here'] ?? ''
  return (
    <>
      {sign}
      {made ? w.roll.at(text, clock(momentOfStamp(made.at))) : text}
      {made?.waits && ' …'}
    </>
  )
}
