/** What the pages say, from the dictionaries that they use themselves. */
import { importsEn } from '../../../src/web/imports/words/en.ts'
import { importsZh } from '../../../src/web/imports/words/zh.ts'
import { en as phoneEn } from '../../../src/web/phone/words/en.ts'
import { zh as phoneZh } from '../../../src/web/phone/words/zh.ts'
import { en } from '../../../src/web/words/en.ts'
import { gridEn } from '../../../src/web/words/grid-en.ts'
import { gridZh } from '../../../src/web/words/grid-zh.ts'
import { zh } from '../../../src/web/words/zh.ts'

export const said = {
  zh: { ...zh, imports: importsZh, grid: gridZh, phone: phoneZh },
  en: { ...en, imports: importsEn, grid: gridEn, phone: phoneEn },
} as const
export type Said = (typeof said)['zh'] | (typeof said)['en']
