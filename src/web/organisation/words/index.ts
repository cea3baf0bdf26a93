import { lazily } from '../../words/lazily.ts'
import type { OrganisationWords } from './zh.ts'

/** The words of the pages of people. */
export const useOrganisationWords = lazily<OrganisationWords>({
  zh: async () => (await import('./zh.ts')).organisationZh,
  en: async () => (await import('./en.ts')).organisationEn,
})
