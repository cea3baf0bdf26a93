import type { EventStep } from '#modules/desk/words.ts'

/** The steps of an event that have a page; the others are absent until they have one. */
export const rooms: readonly EventStep[] = [
  'about',
  'shifts',
  'quotas',
  'plan',
  'board',
  'people',
  'messages',
  'day',
  'report',
]
