/** A screen in a hall: one event, its map and its figures, for as long as its link holds. No name of a person. */
import 'virtual:tokens.css'
import './screen/screen.css'
import './ui/live/live.css'
import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { readScreen, type ScreenPage, streamScreen } from './api/operations.ts'
import { type Language, languageFor } from './core/language.ts'
import { addressOf } from './core/operation.ts'
import { type Refused, refusalOf } from './core/refused.ts'
import { type StreamState, watchWhileSeen } from './core/stream.ts'
import { clockText, dayText, serverNow, serverTimeIs } from './core/time.ts'
import {
  Curve,
  Latest,
  type LiveWords,
  Panel,
  TeamsShort,
  Totals,
  useLiveWords,
  WarMap,
  Worst,
} from './ui/live/figures.tsx'
import { Given } from './ui/plain/given.tsx'
import { Speaking, speechOf } from './words/speech.ts'

const token = window.location.pathname.split('/')[2] ?? ''

const loaders: Record<Language, () => Promise<LiveWords>> = {
  zh: async () => (await import('./words/live-zh.ts')).liveZh,
  en: async () => (await import('./words/live-en.ts')).liveEn,
}

/** What the link opens. @throws Refused; a TypeError when nothing answers */
async function opened(): Promise<ScreenPage> {
  const response = await fetch(addressOf(readScreen, { params: { token } }), { cache: 'no-store' })
  if (!response.ok) throw await refusalOf(response)
  const page = (await response.json()) as ScreenPage
  serverTimeIs(page.live.at)
  return page
}

/** The page of the link; asked for again while nothing answers, as a screen has nobody to do so. */
function usePage() {
  const [found, set] = useState<{ page?: ScreenPage; refused?: Refused; waits?: boolean }>({})
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const ask = () =>
      opened().then(
        (page) => set({ page }),
        (error: Refused) => {
          const final = [404, 410].includes(error.problem?.status)
          set(final ? { refused: error } : { waits: true })
          if (!final) timer = setTimeout(ask, 5_000)
        },
      )
    void ask()
    return () => clearTimeout(timer)
  }, [])
  return found
}

function Screen() {
  const { w } = useLiveWords()
  const { page, refused, waits } = usePage()
  if (refused) return <Message text={refused.problem.status === 410 ? w.ended : w.unknown} />
  if (!page) return <Message text={waits ? w.notOpened : w.states.connecting} />
  return <Wall page={page} />
}

function Message({ text }: { text: string }) {
  return (
    <main>
      <p className="message" role="status">
        {text}
      </p>
    </main>
  )
}

function Wall({ page }: { page: ScreenPage }) {
  const { w } = useLiveWords()
  const { event, places } = page
  const [{ live, state }, set] = useState<{ live: ScreenPage['live']; state: StreamState }>({
    live: page.live,
    state: 'connecting',
  })
  useEffect(() => {
    const source = {
      stream: addressOf(streamScreen, { params: { token } }),
      read: async () => (await opened()).live,
    }
    return watchWhileSeen(source, (told) => {
      if (told.live) serverTimeIs(told.live.at)
      set((before) => ({ live: told.live ?? before.live, state: told.state }))
    })
  }, [])
  if (state === 'ended') return <Message text={w.ended} />
  const { timeZone } = event
  return (
    <main>
      <Top page={page} at={live.at} state={state} />
      <div className="wall">
        <WarMap places={places} zones={live.zones} />
        <aside>
          <Totals total={live.total} />
          <Panel title={w.curve}>
            <Curve live={live} timeZone={timeZone} />
          </Panel>
          <Panel title={w.worst}>
            <Worst zones={live.zones} />
          </Panel>
          <Panel title={w.teams}>
            <TeamsShort teams={live.teamsShort} />
          </Panel>
          <Panel title={w.latest}>
            <Latest latest={live.latest} timeZone={timeZone} />
          </Panel>
        </aside>
      </div>
    </main>
  )
}

function Top({
  page: { event, simulated },
  at,
  state,
}: {
  page: ScreenPage
  at: string
  state: StreamState
}) {
  const { w, language } = useLiveWords()
  const [now, setNow] = useState(serverNow())
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 1_000)
    return () => clearInterval(timer)
  }, [])
  const iso = new Date(now).toISOString()
  return (
    <div className="top">
      <h1>
        <Given>{event.name}</Given>
      </h1>
      <span className="soft">
        <Given>{event.organiser}</Given>
      </span>
      <span className={`state ${state}`} role="status">
        ● {w.states[state]} · {w.asOf(clockText(at, event.timeZone))}
      </span>
      <span className="clock">
        {simulated && `${w.simulated} `}
        {dayText(iso, event.timeZone, language)} {clockText(now, event.timeZone)}
      </span>
    </div>
  )
}

async function start(): Promise<void> {
  const language = languageFor(undefined, navigator.languages)
  const live = await loaders[language]()
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = language === 'zh' ? '到岗大屏 · 集结' : 'Arrivals · Muster'
  const root = document.getElementById('root')
  if (!root) return
  createRoot(root).render(
    <Speaking value={speechOf(language, { live })}>
      <Screen />
    </Speaking>,
  )
}

void start()
