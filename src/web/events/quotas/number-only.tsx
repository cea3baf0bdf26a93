/** 只报人数: a team or class answers with a number, and names nobody. */
import { Checkbox } from 'antd'
import { useState } from 'react'
import { answerByNames, answerByNumber, type EventDetail, readNumberOnly } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain, useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { Trouble } from '../../ui/office/page.tsx'
import { tellDone } from '../../ui/office/undo-bar.tsx'
import { useWords } from '../../words/index.ts'
import { quotasChanged } from './pledge.tsx'

/** Whether the team owes no names for this event; whoever answers for it changes that, and takes it back. */
export function NumberOnly({ event, teamId }: { event: EventDetail; teamId: string }) {
  const { quotas: q } = useWords().w
  const input = { params: { eventId: event.id, teamId } }
  const may = useStore(me)?.permissions.includes('mobilization.edit') === true
  const said = useAsk(readNumberOnly, input, { skip: !may })
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const open = event.state === 'draft' || event.state === 'published'
  if (!may || !said.data) return null
  const answer = async (numberOnly: boolean) => {
    await ask(numberOnly ? answerByNumber : answerByNames, input)
    await Promise.all([readAgain(readNumberOnly), quotasChanged()])
  }
  const choose = async (numberOnly: boolean) => {
    setError(undefined)
    setBusy(true)
    try {
      await answer(numberOnly)
      tellDone({
        text: numberOnly ? q.numberOnlyDone : q.byNamesDone,
        undo: async () => {
          await answer(!numberOnly)
          return numberOnly ? q.byNamesDone : q.numberOnlyDone
        },
      })
    } catch (failed) {
      setError(failed)
    }
    setBusy(false)
  }
  return (
    <>
      {error !== undefined && <Trouble error={error} />}
      <p>
        <Checkbox
          checked={said.data.numberOnly}
          disabled={busy || !open}
          onChange={({ target }) => void choose(target.checked)}
        >
          {q.numberOnly}
        </Checkbox>
        <span className="soft"> {q.numberOnlyHint}</span>
      </p>
    </>
  )
}
