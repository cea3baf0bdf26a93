import type { AccountsWords } from '../words/accounts-zh.ts'
import { roomWords } from '../words/lazily.ts'

/** The words of the pages of accounts. */
export const useAccountsWords = roomWords<AccountsWords>({
  zh: async () => (await import('../words/accounts-zh.ts')).accountsZh,
  en: async () => (await import('../words/accounts-en.ts')).accountsEn,
})
