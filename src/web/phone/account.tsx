/** Whose phone this is, its language, and the way out, which leaves nothing behind. */
import { signOut } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { paths, servicePaths } from '../paths.ts'
import { Given } from '../ui/plain/given.tsx'
import { Button, Page, Trouble, useDoing } from './parts.tsx'
import { unsentOf } from './roll/kept.ts'
import { Discard } from './roll/sending.tsx'
import { discard, openRoll, send } from './roll/store.ts'
import { useWords } from './words/index.ts'

export function Account({ switchLanguage }: { switchLanguage: () => void }) {
  const { w, language } = useWords()
  const mine = useStore(me)
  return (
    <Page title={w.account.title} lead={mine && <Given>{mine.name}</Given>}>
      <div className="stack">
        <button type="button" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={switchLanguage}>
          {w.account.language}
        </button>
        <a className="button" href={paths.events()}>
          {w.account.office}
        </a>
        <a className="button" href={servicePaths.password(language)}>
          {w.account.password}
        </a>
        <SignOut />
      </div>
    </Page>
  )
}

function SignOut() {
  const { w } = useWords()
  const roll = useStore(openRoll)
  const doing = useDoing()
  const leave = () =>
    void doing.run(async () => {
      await ask(signOut, {})
      await discard()
      window.location.assign(servicePaths.signedOut())
    })
  const unsent = roll ? unsentOf(roll) : 0
  if (unsent > 0) {
    return (
      <div className="note warn">
        <p>{w.account.unsent(unsent)}</p>
        <Button kind="primary" onPress={() => void send()}>
          {w.account.sendNow}
        </Button>
        <Discard />
      </div>
    )
  }
  return (
    <>
      {doing.error !== undefined && <Trouble error={doing.error} />}
      <Button busy={doing.busy} onPress={leave}>
        {w.account.signOut}
      </Button>
    </>
  )
}
