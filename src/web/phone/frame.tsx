/** What stands around every page of the phone: whose it is, what time it is, and the four pages. */
import type { ReactNode } from 'react'
import { me, session } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { newer } from '../core/version.ts'
import { phonePaths, servicePaths } from '../paths.ts'
import { Given } from '../ui/plain/given.tsx'
import { InWeChat } from '../ui/plain/in-wechat.tsx'
import { SimulatedClock } from '../ui/plain/simulated-clock.tsx'
import { Link, usePath } from './address.tsx'
import { unsentOf } from './roll/kept.ts'
import { openRoll } from './roll/store.ts'
import { keptVisits } from './visits/keeping.ts'
import { unsentVisits } from './visits/unsent.ts'
import { useWords } from './words/index.ts'

const tabs = [
  ['duties', phonePaths.duties()],
  ['people', phonePaths.people()],
  ['roll', phonePaths.roll()],
  ['asks', phonePaths.asks()],
  ['tasks', phonePaths.tasks()],
  ['visits', phonePaths.visits()],
  ['uploads', phonePaths.uploads()],
] as const

export function Frame({ children }: { children: ReactNode }) {
  const { w, language } = useWords()
  const path = usePath()
  const mine = useStore(me)
  const visits = useStore(keptVisits.value)
  const unsent = visits ? unsentVisits(visits) : 0
  const waiting = visits?.uploads.length ?? 0
  return (
    <>
      <header>
        <strong className="brand">{w.brand}</strong>
        <Link to={phonePaths.account()} className="who">
          <Given>{mine?.name ?? w.account.open}</Given>
        </Link>
      </header>
      <SimulatedClock className="clock" language={language} text={w.simulated} />
      <InWeChat className="clock" text={w.inWeChat} />
      <SessionOver />
      <NewVersion />
      {children}
      <nav aria-label={w.tabs.main}>
        {tabs
          .filter(([name]) => isFor(name, mine, unsent))
          .map(([name, to]) => (
            <Link key={name} to={to} current={isAt(path, to)}>
              {w.tabs[name]}
              {name === 'uploads' && waiting > 0 && <strong className="badge">{waiting}</strong>}
            </Link>
          ))}
      </nav>
    </>
  )
}

/**
 * Whoever reports no tasks has no page of them, and whoever visits no points none of visits; who has nothing to do with
 * shifts has those pages alone.
 */
function isFor(name: (typeof tabs)[number][0], mine: Mine, unsent: number): boolean {
  const may = (permission: string) => mine?.permissions.includes(permission) === true
  if (name === 'tasks') return may('tasks.report')
  if (name === 'visits' || name === 'uploads') return may('visits.record') || unsent > 0
  return may('mobilization.read') || !(may('tasks.report') || may('visits.record'))
}

type Mine = { permissions: readonly string[] } | null | undefined

const isAt = (path: string, to: string) =>
  to === phonePaths.duties()
    ? path === to
    : path === to || path.startsWith(`${to}/`) || (to === phonePaths.visits() && path === phonePaths.patrol())

/** The page stays as it is; what is kept is sent when the same user is signed in again. */
function SessionOver() {
  const { w, language } = useWords()
  const state = useStore(session)
  const mine = useStore(me)
  if (state === 'open') return null
  return (
    <div className="note warn" role="alert">
      <p>{state === 'other' ? w.session.other(mine?.name ?? '') : w.session.ended}</p>
      <a className="button primary" href={servicePaths.signIn(window.location.pathname, language)}>
        {w.session.signIn}
      </a>
    </div>
  )
}

/** No takeover while something waits to be sent. */
function NewVersion() {
  const { w } = useWords()
  const there = useStore(newer)
  const roll = useStore(openRoll)
  const visits = useStore(keptVisits.value)
  if (!there || (roll && unsentOf(roll) > 0) || (visits && unsentVisits(visits) > 0)) return null
  return (
    <div className="note" role="status">
      {w.newer.text}{' '}
      <button type="button" onClick={() => window.location.reload()}>
        {w.newer.reload}
      </button>
    </div>
  )
}
