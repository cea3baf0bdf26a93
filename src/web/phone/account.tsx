/** Whose phone this is, its language, and the way out, which leaves nothing behind. */
import { useState } from 'react'
import { signOut } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { paths, phonePaths, servicePaths } from '../paths.ts'
import { Given } from '../ui/plain/given.tsx'
import { Link } from './address.tsx'
import { discardLeft, type Left, leftBehind } from './left-behind.ts'
import { Button, Page, Trouble, useDoing } from './parts.tsx'
import { unsentOf } from './roll/kept.ts'
import { Discard } from './roll/sending.tsx'
import { openRoll, send } from './roll/store.ts'
import { keptVisits } from './visits/keeping.ts'
import { unsentVisits } from './visits/unsent.ts'
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

/** Nobody leaves with something unsent; what lies on the phone is asked, because another page may have written it. */
function SignOut() {
  const { w } = useWords()
  const [left, setLeft] = useState<Left[]>([])
  const roll = useStore(openRoll)
  const visits = useStore(keptVisits.value)
  const doing = useDoing()
  const leave = () =>
    void doing.run(async () => {
      const found = await leftBehind()
      setLeft(found)
      if (found.some(({ unsent }) => unsent > 0)) return
      await ask(signOut, {})
      for (const each of found) await discardLeft(each)
      window.location.assign(servicePaths.signedOut())
    })
  const unsent = roll ? unsentOf(roll) : 0
  const unsentThere = Math.max(
    visits ? unsentVisits(visits) : 0,
    visits ? 0 : left.reduce((sum, each) => sum + (each.visits ? each.unsent : 0), 0),
  )
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
  if (unsentThere > 0) {
    return (
      <div className="note warn">
        <p>{w.account.unsentVisits(unsentThere)}</p>
        <Link to={phonePaths.uploads()} className="button primary">
          {w.tabs.uploads}
        </Link>
        <Link to={phonePaths.visits()} className="button">
          {w.tabs.visits}
        </Link>
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
