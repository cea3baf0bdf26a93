import { accountsEn } from '../words/accounts-en.ts'
import { accountsZh } from '../words/accounts-zh.ts'
import { roomWords } from '../words/room.ts'

/** The words of the pages of accounts. */
export const useAccountsWords = roomWords(accountsZh, accountsEn)
