import { roomWords } from '../words/room.ts'
import { systemEn } from '../words/system-en.ts'
import { systemZh } from '../words/system-zh.ts'

/** The words of the pages of jobs and of the state of the service. */
export const useSystemWords = roomWords(systemZh, systemEn)
