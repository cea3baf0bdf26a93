/** 只报人数, for each of the teams one leads: it answers with a number, and names nobody. */
import { answerByNames, answerByNumber, readNumberOnly } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { me } from '../../core/session.ts'
import { Given } from '../../ui/plain/given.tsx'
import { Trouble, useDoing } from '../parts.tsx'
import { useAsk } from '../reading.ts'
import { useWords } from '../words/index.ts'

export function NumberOnlyTeams({ eventId }: { eventId: string }) {
  const grants = me.get()?.grants ?? []
  const led = grants.flatMap(({ team, suspended, permissions }) =>
    team && !suspended && permissions.includes('mobilization.edit') ? [team] : [],
  )
  return (
    <>
      {led.map((team) => (
        <OfTeam key={team.id} eventId={eventId} team={team} />
      ))}
    </>
  )
}

function OfTeam({ eventId, team }: { eventId: string; team: { id: string; name: string } }) {
  const { w } = useWords()
  const input = { params: { eventId, teamId: team.id } }
  const said = useAsk(readNumberOnly, input)
  const doing = useDoing()
  if (!said.data) return null
  const choose = (numberOnly: boolean) =>
    void doing.run(async () => {
      await ask(numberOnly ? answerByNumber : answerByNames, input)
      await said.again()
    })
  return (
    <>
      {doing.error !== undefined && <Trouble error={doing.error} />}
      <label className="check">
        <input
          type="checkbox"
          checked={said.data.numberOnly}
          onChange={(event) => choose(event.target.checked)}
        />
        <span>
          {w.people.numberOnly} <Given>{team.name}</Given>
          <small>{w.asks.countOnlyHint}</small>
        </span>
      </label>
    </>
  )
}
