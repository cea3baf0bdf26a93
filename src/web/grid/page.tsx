import type { ComponentProps } from 'react'
import { paths } from '../paths.ts'
import { Page } from '../ui/office/page.tsx'
import { Tabs } from '../ui/office/tabs.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useGridWords } from './words.ts'

type Props = Omit<ComponentProps<typeof Page>, 'title' | 'windowTitle'> & {
  title: string
  /** Whether the title is a name that people gave. */
  given?: boolean
}

/** A page of the area 网格, with the way to the others. */
export function GridPage({ title, given, children, ...page }: Props) {
  const { r, w } = useGridWords()
  return (
    <Page title={given ? <Given>{title}</Given> : title} windowTitle={title} {...page}>
      <Tabs
        label={w.areas.grid}
        tabs={[
          { path: paths.map(), text: r.map, only: true },
          { path: paths.zones(), text: r.zones },
          { path: paths.responsibilities(), text: r.register },
          { path: paths.gaps(), text: r.gaps },
        ]}
      />
      {children}
    </Page>
  )
}
