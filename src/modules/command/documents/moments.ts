import type { DateTime } from 'luxon'
import type { Language } from '#platform/http/language.ts'
import { instantFrom } from '#platform/time.ts'
import { documentWords } from './words.ts'

/** How moments are written in a document. */
export interface Telling {
  language: Language
  zone: string
}

/** 3月31日17:00. */
export function momentOf(at: DateTime | string, { language, zone }: Telling): string {
  const local = (typeof at === 'string' ? instantFrom(at) : at).setZone(zone)
  return language === 'zh' ? local.toFormat('M月d日HH:mm') : local.setLocale('en-GB').toFormat('d LLLL HH:mm')
}

/** 2026年3月31日: how a document is dated. */
export function dateOf(at: DateTime | string, { language, zone }: Telling): string {
  const { year, month, day } = (typeof at === 'string' ? instantFrom(at) : at).setZone(zone)
  return documentWords[language].day(year, month, day)
}
