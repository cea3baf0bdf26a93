/** 队员: who answered, who was not reached, and an answer given for somebody who cannot. */
import { useState } from 'react'
import { readNumbers } from '../../api/operations.ts'
import { phonePaths } from '../../paths.ts'
import { Given } from '../../ui/plain/given.tsx'
import { ChooseDuty, leads, useDuties } from '../duty.tsx'
import { Button, Empty, Page, Shown, Trouble, useDoing } from '../parts.tsx'
import { allOf } from '../reading.ts'
import type { Duty } from '../roll/store.ts'
import { useWords } from '../words/index.ts'
import { CallList } from './call-list.tsx'
import { NumberOnlyTeams } from './number-only.tsx'
import { type Numbers, Person } from './person.tsx'
import { type Participation, useTeam } from './team.ts'

export function People({ shiftId }: { shiftId?: string | undefined }) {
  const { w } = useWords()
  const duties = useDuties()
  const { title, choose: lead, noDuties: empty } = w.people
  if (!shiftId) {
    return (
      <ChooseDuty {...{ title, lead, empty }} to={phonePaths.people} among={leads}>
        {(duty) => <TeamOf duty={duty} />}
      </ChooseDuty>
    )
  }
  const duty = duties.data?.items.find((each) => each.shiftId === shiftId)
  if (duty) return <TeamOf key={shiftId} duty={duty} />
  return (
    <Page title={title}>
      <Shown of={duties}>{() => <Empty text={w.roll.unlisted} />}</Shown>
    </Page>
  )
}

function TeamOf({ duty }: { duty: Duty }) {
  const { w } = useWords()
  const team = useTeam(duty)
  const [numbers, setNumbers] = useState<Numbers>()
  const doing = useDoing()
  // Each reading of numbers is audited, so they are read when somebody wants to call.
  const show = () =>
    void doing.run(async () => {
      const query = { shiftId: duty.shiftId }
      const found = await allOf(readNumbers, { params: { eventId: duty.event.id }, query })
      setNumbers(new Map(found.map(({ participationId, phone }) => [participationId, phone])))
    })
  return (
    <Page title={w.people.title} lead={<Given>{duty.zone.name}</Given>}>
      <Shown of={team}>
        {({ people, unreached }) => (
          <>
            {unreached.length > 0 && <CallList notices={unreached} again={team.again} />}
            {people.length === 0 ? (
              <Empty text={w.people.empty} />
            ) : (
              <>
                <p className="count">
                  {w.people.unanswered(people.filter(({ answer }) => answer === 'unanswered').length)}
                </p>
                {doing.error !== undefined && <Trouble error={doing.error} />}
                {!numbers && (
                  <Button busy={doing.busy} onPress={show}>
                    {w.people.showNumbers}
                  </Button>
                )}
                <ul className="people">
                  {inOrder(people).map((each) => (
                    <Person
                      key={each.id}
                      person={each}
                      shiftId={duty.shiftId}
                      numbers={numbers}
                      again={team.again}
                    />
                  ))}
                </ul>
              </>
            )}
            <NumberOnlyTeams eventId={duty.event.id} />
          </>
        )}
      </Shown>
    </Page>
  )
}

/** Whoever was not reached stands first, then who has not answered. */
function inOrder(people: readonly Participation[]): Participation[] {
  const rank = ({ reached, answer }: Participation) =>
    reached === false ? 0 : answer === 'unanswered' ? 1 : 2
  return [...people].sort((a, b) => rank(a) - rank(b))
}
