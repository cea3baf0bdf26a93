import type { ReactNode } from 'react'
import type { EventDetail } from '../../api/operations.ts'
import { instantOf, momentText } from '../../core/time.ts'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import type { ShiftField, ShiftFields } from './fields.ts'

/** How a field of a shift reads where it is not edited. */
export function useShowShiftField({
  timeZone,
}: EventDetail): (field: ShiftField, value: unknown) => ReactNode {
  const { w, language } = useWords()
  const given = (text: string | undefined) =>
    text ? (
      <span className="prose">
        <Given>{text}</Given>
      </span>
    ) : (
      <span className="soft">{w.common.none}</span>
    )
  return (field, value) => {
    const held = { [field]: value } as Partial<ShiftFields>
    if (field === 'zone' || field === 'inCharge' || field === 'deputy') return given(held[field]?.name)
    if (field === 'startsAt' || field === 'endsAt') {
      const wall = held[field]
      return wall ? momentText(instantOf(wall, timeZone), timeZone, language) : given(undefined)
    }
    if (field === 'minorsAllowed' || field === 'recordable') return held[field] ? w.shifts.yes : w.shifts.no
    if (field === 'skills') {
      return given(held.skills?.map(({ skill, min }) => `${skill} ${min ?? ''}`).join(' · '))
    }
    return given(String(value ?? ''))
  }
}
