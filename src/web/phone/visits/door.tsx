/** The way to the pages of visits: they, and their words, are loaded when an inspector opens one. */
import { useEffect, useState } from 'react'
import type { Language } from '../../core/language.ts'
import { whoIsSignedIn } from '../../core/session.ts'
import { part } from '../../core/version.ts'
import { Page, Trouble } from '../parts.tsx'
import { useWords } from '../words/index.ts'

export const visitPages = ['visits', 'patrol', 'uploads'] as const
export type VisitPage = (typeof visitPages)[number]

interface DoorProps {
  page: VisitPage
  id: string | undefined
}
type Loaded = { Room: (props: DoorProps) => React.ReactNode; language: Language }

const words = {
  zh: async () => (await import('./words/zh.ts')).visitsZh,
  en: async () => (await import('./words/en.ts')).visitsEn,
}

async function load(language: Language): Promise<Loaded> {
  const [{ Room }, spoken, { visitWords }] = await Promise.all([
    import('./room.tsx'),
    words[language](),
    import('./words/index.ts'),
  ])
  visitWords.set(spoken)
  return { Room, language }
}

let loaded: Loaded | undefined

/** Sends what was left, on whichever page one is. */
export async function takeUpVisits(): Promise<void> {
  const { takeUp } = await import('./store.ts')
  await takeUp()
}

export function VisitDoor({ page, id }: DoorProps) {
  const { w, language } = useWords()
  const [there, set] = useState(loaded)
  const [error, setError] = useState<unknown>()
  useEffect(() => {
    if (loaded?.language === language || error) return
    part(() => load(language), whoIsSignedIn).then((now) => {
      loaded = now
      set(now)
    }, setError)
  }, [language, error])
  if (there?.language === language) return <there.Room page={page} id={id} />
  return (
    <Page title={page === 'uploads' ? w.tabs.uploads : w.tabs.visits}>
      {error ? (
        <Trouble error={error} again={() => setError(undefined)} />
      ) : (
        <p className="empty" role="status">
          {w.common.loading}
        </p>
      )}
    </Page>
  )
}
