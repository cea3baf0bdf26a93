import type { ComponentProps } from 'react'
import { isOfUnits } from '../areas.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { paths } from '../paths.ts'
import { Page } from '../ui/office/page.tsx'
import { Tabs } from '../ui/office/tabs.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useAreaWords } from './words/area.ts'

type Part = Exclude<keyof ReturnType<typeof useAreaWords>, 'parts'>

/** The parts of the area, and who sees each. Those that are lists of people need the right to see people. */
const parts: readonly {
  name: Part
  path: string
  permissions: readonly string[]
  only?: boolean
  /** Whether it is there for units alone, whose menu has no 系统. */
  ofUnits?: boolean
}[] = [
  { name: 'people', path: paths.people(), permissions: ['persons.read'], only: true },
  { name: 'units', path: paths.units(), permissions: ['units.read'] },
  { name: 'teams', path: paths.teams(), permissions: ['teams.read'] },
  { name: 'imports', path: paths.imports(), permissions: ['imports.run'] },
  { name: 'duplicates', path: paths.duplicates(), permissions: ['persons.edit'] },
  { name: 'requests', path: paths.requests(), permissions: ['persons.edit'] },
  { name: 'late', path: paths.late(), permissions: ['attendance.read'] },
  { name: 'access', path: paths.access(), permissions: ['persons.reveal', 'disclosures.decide'] },
  { name: 'users', path: paths.users(), permissions: ['accounts.edit'], ofUnits: true },
]

/** The parts that whoever is signed in may see. */
export function usePeopleParts() {
  const who = useStore(me)
  const permissions = who?.permissions ?? []
  const ofUnits = who !== undefined && isOfUnits(who)
  return parts.filter(
    (part) => part.permissions.some((each) => permissions.includes(each)) && (!part.ofUnits || ofUnits),
  )
}

type Props = Omit<ComponentProps<typeof Page>, 'title' | 'windowTitle'> & {
  title: string
  /** Whether the title is a name that people gave. */
  given?: boolean
}

/** A page of the area 人员, with the way to the others. */
export function PeoplePage({ title, given, children, ...page }: Props) {
  const words = useAreaWords()
  const tabs = usePeopleParts().map(({ name, ofUnits: _, ...part }) => ({ ...part, text: words[name] }))
  return (
    <Page title={given ? <Given>{title}</Given> : title} windowTitle={title} {...page}>
      <Tabs label={words.parts} tabs={tabs} />
      {children}
    </Page>
  )
}
