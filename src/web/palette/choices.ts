import { adminRoomsOf } from '../admin/rooms.ts'
import { listEvents, listPersons, listTeams, listUnits, listZones } from '../api/operations.ts'
import { areas } from '../areas.ts'
import type { Operation } from '../core/operation.ts'
import { preferences } from '../core/preferences.ts'
import { useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { usePeopleParts } from '../organisation/people-page.tsx'
import { useAreaWords } from '../organisation/words/area.ts'
import { paths } from '../paths.ts'
import { usePaletteWords } from './words.ts'

/** Something that can be opened, or done. */
export interface Choice {
  kind: string
  text: string
  path: string
  detail?: string | undefined
  /** Whether the text is a name that people gave. */
  given?: boolean
  /** Does something instead. Resolves to what to say then. */
  act?: () => Promise<string>
}

/** As many things of one kind as are offered. */
const shownMax = 5

/** The pages and saved views that fit what was typed, and the things that are called so. */
export function useChoices(asked: string): Choice[] {
  const pages = usePages()
  const things = useThings(asked)
  const fits = ({ text }: Choice) => text.toLowerCase().includes(asked.toLowerCase())
  return [...pages.filter(fits), ...things]
}

function usePages(): Choice[] {
  const { r, w } = usePaletteWords()
  const parts = useAreaWords()
  const permissions = useStore(me)?.permissions ?? []
  const views = useStore(preferences).views ?? []
  const has = (needed: readonly string[]) => needed.some((each) => permissions.includes(each))
  const page = (text: string, path: string): Choice => ({ kind: r.page, text, path })
  const people = usePeopleParts().map(({ name, path }) => page(parts[name], path))
  const rooms = adminRoomsOf(permissions).map(({ name, path }) => page(w.admin[name], path))
  const found = [
    ...views.map(({ name, path }): Choice => ({ kind: r.view, text: name, path, given: true })),
    ...areas.filter((area) => has(area.permissions)).map(({ name, path }) => page(w.areas[name], path)),
    ...people,
    ...rooms,
    page(w.menu.account, paths.account()),
  ]
  // An area and its first page have one address.
  const seen = new Set<string>()
  return found.filter(({ path }) => !seen.has(path) && seen.add(path))
}

type Finding<T> = Operation<{ query: { search?: string; limit?: number } }, { items: T[] }>

/** Things of one kind by part of their name, for whoever may see them. */
function useNamed<T extends { id: string; name: string }>(
  find: Finding<T>,
  permission: string,
  asked: string,
): T[] {
  const may = useStore(me)?.permissions.includes(permission) === true
  const found = useAsk(find, { query: { search: asked, limit: shownMax } }, { skip: !may || asked === '' })
  return asked === '' ? [] : (found.data?.items ?? [])
}

function useThings(asked: string): Choice[] {
  const { r } = usePaletteWords()
  const thing = (kind: string, { name }: { name: string }, path: string, detail?: string): Choice => ({
    ...{ kind, text: name, path, detail, given: true },
  })
  return [
    ...useNamed(listEvents, 'events.read', asked).map((each) => thing(r.event, each, paths.event(each.id))),
    ...useNamed(listUnits, 'units.read', asked).map((each) => thing(r.unit, each, paths.unit(each.id))),
    ...useNamed(listTeams, 'teams.read', asked).map((each) =>
      thing(r.team, each, paths.team(each.id), each.unit?.name),
    ),
    ...useNamed(listPersons, 'persons.read', asked).map((each) =>
      thing(r.person, each, paths.person(each.id), each.memberships[0]?.team.name),
    ),
    ...useNamed(listZones, 'grid.read', asked).map((each) =>
      thing(r.zone, each, paths.zone(each.id), each.parent?.name),
    ),
  ]
}
