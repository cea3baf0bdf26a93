/** The office: opened as whoever is signed in, in their language. */
import 'virtual:tokens.css'
import './ui/office/base.css'
import './ui/office/frame.css'
import './ui/office/lists.css'
import './ui/office/forms.css'
import './ui/live/live.css'
import './ui/office/workspace.css'
import './ui/office/board.css'
import './ui/office/day.css'
import './ui/office/narrow.css'
import { StyleProvider } from '@ant-design/cssinjs'
import { QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider, type ConfigProviderProps } from 'antd'
import { useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'
import { watchFailures } from './core/failures.ts'
import { type Language, languageFor } from './core/language.ts'
import { tellNotOpened } from './core/not-opened.ts'
import { loadPreferences, prefer } from './core/preferences.ts'
import { queries } from './core/query.ts'
import { open } from './core/session.ts'
import { servicePaths } from './paths.ts'
import { officeRouter } from './routes.tsx'
import { icons } from './ui/office/icons.tsx'
import { theme } from './ui/office/theme.ts'
import { loaders, Speaking, type Speech, speechOf } from './words/index.ts'

interface Spoken {
  speech: Speech
  locale: ConfigProviderProps['locale']
}

const locales = {
  zh: async () => {
    await import('dayjs/locale/zh-cn')
    return (await import('antd/locale/zh_CN')).default
  },
  en: async () => (await import('antd/locale/en_GB')).default,
}

async function load(language: Language): Promise<Spoken> {
  const [words, locale] = await Promise.all([loaders[language](), locales[language]()])
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  return { speech: speechOf(language, words), locale }
}

function Office({ first }: { first: Spoken }) {
  const [{ speech, locale }, setSpoken] = useState(first)
  const router = useMemo(
    () =>
      officeRouter(() => {
        const language = document.documentElement.lang === 'en' ? 'zh' : 'en'
        void load(language).then(setSpoken)
        prefer({ language }).catch(() => undefined)
      }),
    [],
  )
  return (
    <Speaking value={speech}>
      <StyleProvider hashPriority="high">
        <ConfigProvider theme={theme} {...icons} {...(locale ? { locale } : {})}>
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </ConfigProvider>
      </StyleProvider>
    </Speaking>
  )
}

async function start(): Promise<void> {
  const user = await open()
  if (!user) {
    const { pathname, search, hash } = window.location
    window.location.replace(servicePaths.signIn(pathname + search + hash))
    return
  }
  watchFailures()
  // What was chosen is worth no wait and no failure: without it the page is as it is for everybody.
  const { language } = await loadPreferences().catch((): { language?: Language } => ({}))
  const first = await load(languageFor(language, navigator.languages))
  const root = document.getElementById('root')
  if (root) createRoot(root).render(<Office first={first} />)
}

start().catch(tellNotOpened)
