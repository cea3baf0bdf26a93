import type { ComponentProps } from 'react'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { Page } from '../ui/office/page.tsx'
import { Tabs } from '../ui/office/tabs.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useWords } from '../words/index.ts'
import { adminRoomsOf } from './rooms.ts'

type Props = Omit<ComponentProps<typeof Page>, 'title' | 'windowTitle'> & {
  title: string
  /** Whether the title is a name that people gave. */
  given?: boolean
}

/** A page of the area 系统, with the way to the others. */
export function AdminPage({ title, given, children, ...page }: Props) {
  const { w } = useWords()
  const rooms = adminRoomsOf(useStore(me)?.permissions ?? [])
  return (
    <Page title={given ? <Given>{title}</Given> : title} windowTitle={title} {...page}>
      <Tabs label={w.areas.admin} tabs={rooms.map(({ name, path }) => ({ path, text: w.admin[name] }))} />
      {children}
    </Page>
  )
}
