import type { ComponentProps } from 'react'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { Page } from '../ui/office/page.tsx'
import { Tabs } from '../ui/office/tabs.tsx'
import { Given } from '../ui/plain/given.tsx'
import { inspectionRoomsOf } from './rooms.ts'
import { useAreaWords } from './words/area.ts'
import './inspection.css'

type Props = Omit<ComponentProps<typeof Page>, 'title' | 'windowTitle'> & {
  title: string
  /** Whether the title is a name that people gave. */
  given?: boolean
}

/** A page of the area 督查, with the way to the others that the reader has. */
export function InspectionPage({ title, given, children, ...page }: Props) {
  const words = useAreaWords()
  const who = useStore(me)
  const everywhere = useEverywhere()
  const rooms = inspectionRoomsOf(who?.permissions ?? [], everywhere)
  const tabs = rooms.map(({ name, permissions, everywhere: _, ...room }) => ({ ...room, text: words[name] }))
  return (
    <Page title={given ? <Given>{title}</Given> : title} windowTitle={title} {...page}>
      <Tabs label={words.parts} tabs={tabs} />
      {children}
    </Page>
  )
}

/** Whether whoever is signed in may do this somewhere. */
export function useMay(permission: string): boolean {
  return useStore(me)?.permissions.includes(permission) === true
}

/** What whoever is signed in may do over the whole city. */
function useEverywhere(): readonly string[] {
  const grants = useStore(me)?.grants ?? []
  return grants.flatMap(({ scope, permissions }) => (scope === 'everything' ? permissions : []))
}

/** Whether whoever is signed in may do this over the whole city. */
export const useMayEverywhere = (permission: string): boolean => useEverywhere().includes(permission)
