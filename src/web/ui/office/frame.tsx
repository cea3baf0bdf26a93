import { Button, Dropdown } from 'antd'
import { Suspense } from 'react'
import { Link, NavLink, Outlet } from 'react-router'
import { listTasks, signOut } from '../../api/operations.ts'
import { areasOf, isOfUnits } from '../../areas.ts'
import { ask } from '../../core/ask.ts'
import { useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { newer } from '../../core/version.ts'
import { PaletteOpener } from '../../palette/opener.tsx'
import { paths, servicePaths } from '../../paths.ts'
import { useWords } from '../../words/index.ts'
import { Given } from '../plain/given.tsx'
import { InWeChat } from '../plain/in-wechat.tsx'
import { SimulatedClock } from '../plain/simulated-clock.tsx'
import { SessionDialog } from './session-dialog.tsx'
import { UndoBar } from './undo-bar.tsx'

/** What stands around every page of the office. */
export function Frame({ switchLanguage }: { switchLanguage: () => void }) {
  const { w, language } = useWords()
  return (
    <>
      <a className="skip" href="#content">
        {w.skip}
      </a>
      <header className="top">
        <Link className="mark" to={paths.home()}>
          <Mark />
          {w.brand}
        </Link>
        <MainMenu />
        <AccountMenu switchLanguage={switchLanguage} />
      </header>
      <SimulatedClock className="bar clock" language={language} text={w.simulated} />
      <InWeChat className="bar clock" text={w.inWeChat} />
      <NewVersion />
      <Suspense>
        <Outlet />
      </Suspense>
      <UndoBar />
      <SessionDialog />
    </>
  )
}

function Mark() {
  return (
    <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--brand)" />
      <path d="M8 22V10l8 8 8-8v12" fill="none" stroke="#fff" strokeWidth="3.5" strokeLinejoin="round" />
    </svg>
  )
}

function MainMenu() {
  const { w } = useWords()
  const who = useStore(me)
  const owes = useOwes()
  return (
    <nav aria-label={w.menu.main}>
      <ul>
        {who &&
          areasOf(who, owes).map(({ name, path }) => (
            <li key={name}>
              <NavLink to={path}>{w.areas[name]}</NavLink>
            </li>
          ))}
      </ul>
    </nav>
  )
}

/** Whether something was ever asked of the units of whoever works for units alone. */
function useOwes(): boolean {
  const who = useStore(me)
  const asks = who !== undefined && isOfUnits(who) && who.permissions.includes('tasks.read')
  const found = useAsk(listTasks, { query: { limit: 1 } }, { skip: !asks })
  return (found.data?.items.length ?? 0) > 0
}

function AccountMenu({ switchLanguage }: { switchLanguage: () => void }) {
  const { w, language } = useWords()
  const mine = useStore(me)
  const leave = async () => {
    await ask(signOut, {})
    window.location.assign(servicePaths.signedOut())
  }
  const items = [
    { key: 'account', label: <Link to={paths.account()}>{w.menu.account}</Link> },
    { key: 'password', label: <a href={servicePaths.password(language)}>{w.menu.password}</a> },
    { key: 'sign-out', label: w.menu.signOut, onClick: () => void leave() },
  ]
  return (
    <div className="who">
      <PaletteOpener />
      <Button type="text" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={switchLanguage}>
        {w.menu.language}
      </Button>
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button type="text" aria-haspopup="menu">
          <Given>{mine?.name ?? ''}</Given>
          <span aria-hidden="true">▾</span>
        </Button>
      </Dropdown>
    </div>
  )
}

function NewVersion() {
  const { w } = useWords()
  const there = useStore(newer)
  return (
    <div role="status">
      {there && (
        <div className="bar newer">
          <strong>{w.version.newer}</strong>
          <span>{w.version.text}</span>
          <Button size="small" onClick={() => window.location.reload()}>
            {w.common.reload}
          </Button>
        </div>
      )}
    </div>
  )
}
