/** A file that an inspector's phone saved because it could not send: visits as it would send them, and their pictures. */
import type { bringVisit } from '../../api/operations.ts'
import type { InputOf } from '../../core/operation.ts'

export type SavedVisit = InputOf<typeof bringVisit>['body']['visit']

export interface PhoneFile {
  /** Whose phone it is; older files do not say. */
  inspector: { id: string; name: string } | null
  visits: SavedVisit[]
  /** By their ids, in base64. */
  pictures: Readonly<Record<string, string>>
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a file says; undefined: it is none of a phone. What its visits say is judged by the service. */
export function phoneFileIn(text: string): PhoneFile | undefined {
  let said: unknown
  try {
    said = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isRecord(said) || !Array.isArray(said.visits) || said.visits.length === 0) return undefined
  const visits = said.visits as unknown[]
  const whole = visits.every(
    (each) => isRecord(each) && typeof each.operationId === 'string' && Array.isArray(each.observations),
  )
  if (!whole) return undefined
  const { inspector, pictures } = said
  const named = isRecord(inspector) && typeof inspector.id === 'string' && typeof inspector.name === 'string'
  return {
    inspector: named ? { id: String(inspector.id), name: String(inspector.name) } : null,
    visits: visits as SavedVisit[],
    pictures: isRecord(pictures) ? (pictures as Record<string, string>) : {},
  }
}

/** The pictures that a visit names and the file holds. */
export function picturesOf({ observations }: SavedVisit, { pictures }: PhoneFile): string[] {
  const named = observations.flatMap(({ pictureIds = [] }) => pictureIds)
  return [...new Set(named)].filter((id) => typeof pictures[id] === 'string')
}

/** The picture as it was taken. */
export function pictureIn(base64: string): Blob {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return new Blob([bytes], { type: 'image/jpeg' })
}
