/** 岗位: where one has to be, with whom, and how many are there. */
import { phonePaths } from '../paths.ts'
import { Link } from './address.tsx'
import { callsRoll, DutyFacts, leads, useDuties } from './duty.tsx'
import { Empty, Page, Shown } from './parts.tsx'
import type { Duty } from './roll/store.ts'
import { useWords } from './words/index.ts'

export function Duties() {
  const { w } = useWords()
  const duties = useDuties()
  return (
    <Page title={w.duties.title}>
      <Shown of={duties}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty text={w.duties.empty} />
          ) : (
            <ul className="cards">
              {items.map((duty) => (
                <li key={duty.shiftId} className="card">
                  <DutyFacts duty={duty} />
                  {leads(duty) ? <Leading duty={duty} /> : <p className="note">{w.duties.own}</p>}
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </Page>
  )
}

function Leading({ duty }: { duty: Duty }) {
  const { w } = useWords()
  const { shiftId, present, expected, minors } = duty
  return (
    <>
      <p className="count">{w.duties.present(present, expected)}</p>
      <div className="bar" aria-hidden="true">
        <progress max={Math.max(expected, 1)} value={present} />
      </div>
      {callsRoll(duty) && (
        <Link to={phonePaths.roll(shiftId)} className="button primary">
          {w.duties.call}
        </Link>
      )}
      <div className="two">
        <Link to={phonePaths.people(shiftId)} className="button">
          {w.duties.people}
        </Link>
        <Link to={phonePaths.share(shiftId)} className="button">
          {w.duties.share}
        </Link>
      </div>
      {minors > 0 && (
        <Link to={phonePaths.guardians(shiftId)} className="button">
          {w.duties.guardians}
        </Link>
      )}
    </>
  )
}
