import type { ReactNode } from 'react'
import { ownUnitPolicies } from '#modules/events/words.ts'
import { instantOf, momentText } from '../core/time.ts'
import { Given } from '../ui/plain/given.tsx'
import { useWords } from '../words/index.ts'
import type { EventField, EventFields } from './fields.ts'

/** How a field reads where it is not edited. `zone`: the zone its times are in. */
export function useShowField(zone: string): (field: EventField, value: unknown) => ReactNode {
  const { w, say, language } = useWords()
  const none = <span className="soft">{w.common.none}</span>
  const given = (text: string) => (text ? <Given>{text}</Given> : none)
  const moment = (wall: string | null) => (wall ? momentText(instantOf(wall, zone), zone, language) : none)
  return (field, value) => {
    const held = { [field]: value } as Partial<EventFields>
    if (held.ownUnit) return say(ownUnitPolicies[held.ownUnit])
    if (field === 'organiser') return given(held.organiser?.name ?? '')
    if (field === 'campaign') return given(held.campaign?.name ?? '')
    if (field === 'startsAt' || field === 'endsAt') return moment(held[field] ?? null)
    if (field === 'timeZone') return <span translate="no">{held.timeZone}</span>
    if (field === 'description') return <span className="prose">{given(held.description ?? '')}</span>
    return given(String(value ?? ''))
  }
}
