/** A decision of a second person: yes at once, no with a reason. */
import { type FormEvent, useState } from 'react'
import { Button, Field, Trouble, useDoing } from './parts.tsx'
import { useWords } from './words/index.ts'

interface DecidingProps {
  /** The id of whose name it is about. */
  of: string
  approve: () => Promise<unknown>
  refuse: (reason: string) => Promise<unknown>
}

export function Deciding({ of, approve, refuse }: DecidingProps) {
  const { w } = useWords()
  const [refusing, setRefusing] = useState(false)
  const [reason, setReason] = useState('')
  const doing = useDoing()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void doing.run(() => refuse(reason.trim()))
  }
  return (
    <>
      {doing.error !== undefined && <Trouble error={doing.error} />}
      {refusing ? (
        <form onSubmit={submit}>
          <Field label={w.asks.refuseReason}>
            <input
              maxLength={200}
              required
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Field>
          <div className="two">
            <Button onPress={() => setRefusing(false)}>{w.common.cancel}</Button>
            <button type="submit" className="danger" aria-disabled={doing.busy}>
              {w.asks.refuse}
            </button>
          </div>
        </form>
      ) : (
        <div className="two">
          <Button kind="primary" of={of} busy={doing.busy} onPress={() => void doing.run(approve)}>
            {w.asks.approve}
          </Button>
          <Button of={of} onPress={() => setRefusing(true)}>
            {w.asks.refuse}
          </Button>
        </div>
      )}
    </>
  )
}
