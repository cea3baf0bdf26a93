/** Before anything else: what somebody else left unsent on this phone. */
import { useState } from 'react'
import { signOut } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { phonePaths, servicePaths } from '../paths.ts'
import { discardLeft, type Left } from './left-behind.ts'
import { Button, Page, Trouble, useDoing } from './parts.tsx'
import { useWords } from './words/index.ts'

interface LeftProps {
  left: Left
  /** It is gone, and the page may open. */
  done: () => void
}

export function LeftByOther({ left, done }: LeftProps) {
  const { w, language } = useWords()
  const [sure, setSure] = useState(false)
  const doing = useDoing()
  const { user, unsent, roll } = left
  const change = () =>
    void doing.run(async () => {
      await ask(signOut, {})
      const back = left.roll ? phonePaths.roll(left.roll.shift.shiftId) : phonePaths.uploads()
      window.location.assign(servicePaths.signIn(back, language))
    })
  return (
    <Page title={roll ? w.left.title : w.left.visitsTitle}>
      <p translate="no">
        {roll ? w.left.text(user.name, roll.shift.zone, unsent) : w.left.visits(user.name, unsent)}
      </p>
      {doing.error !== undefined && <Trouble error={doing.error} />}
      <div className="stack">
        <Button kind="primary" busy={doing.busy} onPress={change}>
          {w.left.signIn(user.name)}
        </Button>
        {sure ? (
          <>
            <p className="note bad" role="alert">
              {w.left.sure}
            </p>
            <Button kind="danger" onPress={() => void discardLeft(left).then(done)}>
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
