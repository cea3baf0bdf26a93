/** Before anything else: what somebody else left unsent on this phone. */
import { useState } from 'react'
import { signOut } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { phonePaths, servicePaths } from '../paths.ts'
import { Button, Page, Trouble, useDoing } from './parts.tsx'
import { type KeptRoll, unsentOf } from './roll/kept.ts'
import { discard } from './roll/store.ts'
import { useWords } from './words/index.ts'

interface LeftProps {
  name: string
  roll: KeptRoll
  /** It is gone, and the page may open. */
  done: () => void
}

export function LeftByOther({ name, roll, done }: LeftProps) {
  const { w, language } = useWords()
  const [sure, setSure] = useState(false)
  const doing = useDoing()
  const change = () =>
    void doing.run(async () => {
      await ask(signOut, {})
      window.location.assign(servicePaths.signIn(phonePaths.roll(roll.shift.shiftId), language))
    })
  return (
    <Page title={w.left.title}>
      <p translate="no">{w.left.text(name, roll.shift.zone, unsentOf(roll))}</p>
      {doing.error !== undefined && <Trouble error={doing.error} />}
      <div className="stack">
        <Button kind="primary" busy={doing.busy} onPress={change}>
          {w.left.signIn(name)}
        </Button>
        {sure ? (
          <>
            <p className="note bad" role="alert">
              {w.left.sure}
            </p>
            <Button kind="danger" onPress={() => void discard().then(done)}>
              {w.left.discard}
            </Button>
          </>
        ) : (
          <Button onPress={() => setSure(true)}>{w.left.discard}</Button>
        )}
      </div>
    </Page>
  )
}
