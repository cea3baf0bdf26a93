/** The way to the pages of visits: they, and their words, are loaded when an inspector opens one. */
import type { Language } from '../../core/language.ts'
import { laterOf } from '../later.tsx'

export const visitPages = ['visits', 'patrol', 'uploads'] as const
export type VisitPage = (typeof visitPages)[number]

const words = {
  zh: async () => (await import('./words/zh.ts')).visitsZh,
  en: async () => (await import('./words/en.ts')).visitsEn,
}

async function load(language: Language) {
  const [{ Room }, spoken, { visitWords }] = await Promise.all([
    import('./room.tsx'),
    words[language](),
    import('./words/index.ts'),
  ])
  visitWords.set(spoken)
  return Room
}

export const VisitDoor = laterOf<{ page: VisitPage; id: string | undefined }>(load, (w) => w.tabs.visits)

/** Sends what was left, on whichever page one is. */
export async function takeUpVisits(): Promise<void> {
  const { takeUp } = await import('./store.ts')
  await takeUp()
}
