import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { paths } from '../paths.ts'
import { Sections } from '../ui/office/sections.tsx'
import { useAreaWords } from './words/area.ts'

type Part = keyof ReturnType<typeof useAreaWords>

/** The parts of the area, and who sees each. Those that are lists of people need the right to see people. */
const parts: readonly { name: Part; to: string; permissions: readonly string[]; end?: boolean }[] = [
  { name: 'people', to: paths.people(), permissions: ['persons.read'], end: true },
  { name: 'imports', to: paths.imports(), permissions: ['imports.run'] },
  { name: 'duplicates', to: paths.duplicates(), permissions: ['persons.edit'] },
  { name: 'requests', to: paths.requests(), permissions: ['persons.edit'] },
]

/** The parts that whoever is signed in may see. */
export function usePeopleParts() {
  const permissions = useStore(me)?.permissions ?? []
  return parts.filter((part) => part.permissions.some((each) => permissions.includes(each)))
}

/** The parts of the area 人员, above the title of each of its lists. */
export function PeopleSections() {
  const words = useAreaWords()
  const sections = usePeopleParts().map(({ name, to, end }) => ({ to, text: words[name], end: end === true }))
  return <Sections label={words.parts} sections={sections} />
}
