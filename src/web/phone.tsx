/** The phone: opened as whoever is signed in, or without network as whoever called the roll that is kept here. */
import 'virtual:tokens.css'
import './phone/phone.css'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { pageIs, tellFailure, watchFailures } from './core/failures.ts'
import { type Language, languageFor } from './core/language.ts'
import { tellNotOpened } from './core/not-opened.ts'
import { loadPreferences, prefer } from './core/preferences.ts'
import { Unreachable } from './core/refused.ts'
import { me, open } from './core/session.ts'
import { serverTimeIs } from './core/time.ts'
import { build } from './core/version.ts'
import { phonePaths, servicePaths } from './paths.ts'
import { Account } from './phone/account.tsx'
import { usePath } from './phone/address.tsx'
import { AskOf, Asks } from './phone/asks.tsx'
import { Duties } from './phone/duties.tsx'
import { Frame } from './phone/frame.tsx'
import { LeftByOther } from './phone/left.tsx'
import { discardLeft, type Left, leftBehind } from './phone/left-behind.ts'
import { Guardians, Share, TaskPage, Tasks } from './phone/pages.ts'
import { Empty, Page } from './phone/parts.tsx'
import { People } from './phone/people/page.tsx'
import { Roll } from './phone/roll/page.tsx'
import { takeUp } from './phone/roll/store.ts'
import { takeUpVisits, VisitDoor, type VisitPage, visitPages } from './phone/visits/door.tsx'
import { loaders, type PhoneWords, useWords } from './phone/words/index.ts'
import { Boundary } from './ui/plain/boundary.tsx'
import { Speaking, type Speech, speechOf } from './words/speech.ts'

async function load(language: Language): Promise<Speech<PhoneWords>> {
  const words = await loaders[language]()
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  return speechOf(language, words)
}

function Phone({ first, left }: { first: Speech<PhoneWords>; left: readonly Left[] }) {
  const [speech, setSpeech] = useState(first)
  const [[other, ...rest], setOthers] = useState(left)
  const switchLanguage = () => {
    const language = speech.language === 'zh' ? 'en' : 'zh'
    void load(language).then(setSpeech)
    prefer({ language }).catch(() => undefined)
  }
  return (
    <Speaking value={speech}>
      {other ? (
        <LeftByOther key={other.roll ? 'roll' : 'visits'} left={other} done={() => setOthers(rest)} />
      ) : (
        <Frame>
          <Boundary instead={(again) => <Failed again={again} />}>
            <Pages switchLanguage={switchLanguage} />
          </Boundary>
        </Frame>
      )}
    </Speaking>
  )
}

/** The page of an address. What fails is told under its pattern. */
function Pages({ switchLanguage }: { switchLanguage: () => void }) {
  const { w } = useWords()
  const [, , page = '', id] = usePath().split('/')
  pageIs(id ? `/m/${page}/:id` : `/m/${page}`)
  if (page === '') return visitsOnly() ? <VisitDoor page="visits" id={undefined} /> : <Duties />
  if (page === 'people') return <People key={id} shiftId={id} />
  if (page === 'roll') return <Roll shiftId={id} />
  if (page === 'asks') return id ? <AskOf quotaId={id} /> : <Asks />
  if (page === 'tasks') return id ? <TaskPage key={id} taskId={id} /> : <Tasks />
  if (page === 'share' && id) return <Share shiftId={id} />
  if (page === 'guardians' && id) return <Guardians key={id} shiftId={id} />
  if ((visitPages as readonly string[]).includes(page)) return <VisitDoor page={page as VisitPage} id={id} />
  if (page === 'account') return <Account switchLanguage={switchLanguage} />
  return (
    <Page title={w.failure.page}>
      <Empty text={w.failure.noPage} />
    </Page>
  )
}

/** Whoever visits points and has nothing to do with shifts begins there. */
function visitsOnly(): boolean {
  const may = (permission: string) => me.get()?.permissions.includes(permission) === true
  return may('visits.record') && !may('mobilization.read')
}

function Failed({ again }: { again: () => void }) {
  const { w } = useWords()
  return (
    <Page title={w.failure.page}>
      <div className="note bad" role="alert">
        <p>{w.failure.unknown}</p>
        <button type="button" onClick={again}>
          {w.common.retry}
        </button>
      </div>
    </Page>
  )
}

/** The worker keeps this page for times without network. Where there is none, the page says so where it matters. */
function keepPage(): void {
  if (!build || !('serviceWorker' in navigator)) return
  navigator.serviceWorker
    .register(phonePaths.worker(), { scope: phonePaths.duties() })
    .catch((error: unknown) => tellFailure('script', error))
}

async function start(): Promise<void> {
  const left = await leftBehind()
  const user = await open().catch((error: unknown) => {
    const [first] = left
    if (!(error instanceof Unreachable && first)) throw error
    me.set(first.user)
    serverTimeIs(new Date(first.serverNow).toISOString())
    return first.user
  })
  if (!user) {
    const { pathname, search } = window.location
    window.location.replace(servicePaths.signIn(pathname + search))
    return
  }
  const others = left.filter((each) => each.user.userId !== user.userId)
  const mine = left.filter((each) => each.user.userId === user.userId)
  for (const each of mine) if (each.roll) takeUp(each.roll)
  for (const each of others) if (each.unsent === 0) await discardLeft(each)
  watchFailures()
  keepPage()
  const { language } = me.get() && navigator.onLine ? await chosen() : {}
  const first = await load(languageFor(language, navigator.languages))
  const root = document.getElementById('root')
  const unsent = others.filter((each) => each.unsent > 0)
  if (root) createRoot(root).render(<Phone first={first} left={unsent} />)
  if (unsent.length === 0 && (user.permissions.includes('visits.record') || mine.some((each) => each.visits)))
    takeUpVisits().catch((error: unknown) => tellFailure('script', error))
}

/** What was chosen is worth no wait and no failure. */
function chosen(): Promise<{ language?: Language }> {
  return loadPreferences().catch(() => ({}))
}

start().catch(tellNotOpened)
