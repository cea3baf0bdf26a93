import { gridEn } from '../words/grid-en.ts'
import { gridZh } from '../words/grid-zh.ts'
import { roomWords } from '../words/room.ts'

/** The words of the pages of zones. */
export const useGridWords = roomWords(gridZh, gridEn)
