import type { ComponentProps } from 'react'
import { isOfUnits } from '../areas.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { useAreaWords } from '../inspection/words/area.ts'
import { paths } from '../paths.ts'
import { Page } from '../ui/office/page.tsx'
import { Tabs } from '../ui/office/tabs.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useCityWords } from './words.ts'
import './city.css'

type Props = Omit<ComponentProps<typeof Page>, 'title' | 'windowTitle'> & {
  title: string
  /** Whether the title is a name that people gave. */
  given?: boolean
}

/** A page of the area 创城, with the way to the others. */
export function CityPage({ title, given, children, ...page }: Props) {
  const { r, w } = useCityWords()
  const rooms = useAreaWords()
  const who = useStore(me)
  const permissions = who?.permissions ?? []
  const answers = who?.grants.some(({ role }) => role === 'responsible_leader') === true
  const may = (permission: string) => permissions.includes(permission)
  // Whoever works for a unit has no menu of inspection: what concerns the unit there stands here.
  const inspected = who !== undefined && isOfUnits(who) && may('rankings.read')
  return (
    <Page title={given ? <Given>{title}</Given> : title} windowTitle={title} {...page}>
      <Tabs
        label={w.areas.city}
        tabs={[
          { path: paths.city(), text: r.books, only: true },
          ...(may('tasks.report') ? [{ path: paths.owed(), text: r.owed }] : []),
          ...(may('tasks.check') || may('books.edit') ? [{ path: paths.desk(), text: r.desk }] : []),
          ...(may('tasks.explain') ? [{ path: paths.explaining(), text: r.explaining }] : []),
          ...(answers ? [{ path: paths.compounds(), text: r.compounds }] : []),
          { path: paths.campaigns(), text: r.campaigns },
          { path: paths.bodies(), text: r.bodies },
          { path: paths.blindSpots(), text: r.spots },
          ...(inspected
            ? [
                { path: paths.cases(), text: rooms.cases },
                { path: paths.rankings(), text: rooms.rankings },
                { path: paths.appeals(), text: rooms.appeals },
              ]
            : []),
        ]}
      />
      {children}
    </Page>
  )
}
