import { paths } from './paths.ts'
import type { Words } from './words/index.ts'

/** A group of pages in the main menu. */
export interface Area {
  name: keyof Words['areas']
  path: string
  /** Whoever has it somewhere sees the area. */
  permission: string
}

/** The main menu. What belongs to one event is never in it. */
export const areas: readonly Area[] = [
  { name: 'home', path: paths.home(), permission: 'events.read' },
  { name: 'events', path: paths.events(), permission: 'events.read' },
  { name: 'people', path: paths.people(), permission: 'persons.read' },
]
