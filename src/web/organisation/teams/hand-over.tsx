import { useState } from 'react'
import { handOverTeam, listPersons, type Person, type Team } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { useAsk } from '../../core/query.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Choice } from '../../ui/office/choice.tsx'
import { Skeleton, Trouble } from '../../ui/office/page.tsx'
import { useOrganisationWords } from '../words/index.ts'
import { membersChanged } from './keep.ts'

/** As many members as can be chosen from. A team larger than this is searched on the page of people. */
const membersMax = 200

/** Hands the team to one of its adult members, with the account and what the leader was in charge of. */
export function HandOver({ team, close }: { team: Team; close: () => void }) {
  const { teams: t } = useOrganisationWords()
  const [chosen, setChosen] = useState<string | null>(null)
  const found = useAsk(listPersons, { query: { teamId: team.id, limit: membersMax } })
  const fit = (found.data?.items ?? []).filter((each) => each.id !== team.leader?.id && !each.minor)
  const become = async (personId: string, version: number) => {
    const led = await ask(handOverTeam, { params: { teamId: team.id }, body: { personId } }, { version })
    await membersChanged()
    return led.version
  }
  const nameOf = (id: string) => fit.find((each) => each.id === id)?.name ?? ''
  return (
    <ActDialog
      title={team.leader ? t.handOver : t.nameLeader}
      confirm={team.leader ? t.handOver : t.nameLeader}
      first="team-next"
      ready={chosen !== null}
      close={close}
      act={async () => {
        const before = team.leader
        const version = await become(chosen ?? '', team.version)
        const text = t.handedOver(nameOf(chosen ?? ''))
        if (!before) return { text }
        return {
          text,
          undo: async () => {
            await become(before.id, version)
            return t.handedOver(before.name)
          },
        }
      }}
    >
      <p>{team.leader ? t.handOverLead : t.nameLeaderLead}</p>
      {found.isPending && <Skeleton lines={2} />}
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.data && fit.length === 0 && <p className="note warn">{t.nobodyFits}</p>}
      {fit.length > 0 && (
        <div className="field">
          <label htmlFor="team-next">{t.next}</label>
          <Choice
            given
            id="team-next"
            label={t.next}
            all={t.chooseMember}
            options={fit.map((each) => ({ value: each.id, label: apart(each) }))}
            value={chosen}
            onChange={setChosen}
          />
        </div>
      )}
    </ActDialog>
  )
}

/** Namesakes in a team are told apart by their number, masked as everywhere. */
const apart = ({ name, contacts: [first] }: Person) => [name, first?.masked].filter(Boolean).join(' ')
