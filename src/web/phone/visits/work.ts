/** A visit that is under way: what was seen, what is still missing, and what is sent of it. Pure: values in, values out. */
import type { Body, KeptVisits, Kit, PhoneStandard, Position, Seen, Work } from './kinds.ts'

const blank: Seen = { answer: null, count: null, note: '', pictures: [] }

export const keyOf = (standardId: string, sequence: number): string => `${standardId}/${sequence}`
export const seenOf = (work: Work, standardId: string, sequence: number): Seen =>
  work.seen[keyOf(standardId, sequence)] ?? blank

const isBlank = ({ answer, count, note, pictures }: Seen) =>
  answer === null && count === null && note.trim() === '' && pictures.length === 0

/** A visit of the packet as it is before anything was seen. */
export function workOf({ packet }: KeptVisits, visitId: string, at: number): Work | undefined {
  const visit = packet?.visits.find(({ id }) => id === visitId)
  if (!packet || !visit) return undefined
  const standards = new Map(packet.standards.map((standard) => [standard.id, standard]))
  return {
    ...{ id: visit.id, visitId: visit.id, patrol: null, startedAt: at, seen: {} },
    title: visit.point?.name ?? visit.zone.name,
    place: visit.zone.name,
    standards: visit.standardIds.flatMap((id) => standards.get(id) ?? []),
  }
}

/** A patrol that begins: its standards are chosen as something is found. */
export function patrolOf(id: string, zone: Kit['zones'][number], schemeId: string, at: number): Work {
  const patrol = { schemeId, zoneId: zone.id }
  return {
    ...{ id, visitId: null, patrol, startedAt: at, seen: {}, standards: [] },
    title: zone.name,
    place: zone.parent,
  }
}

/** Something was tapped or typed. */
export function saw(work: Work, standardId: string, sequence: number, change: Partial<Seen>): Work {
  const next = { ...seenOf(work, standardId, sequence), ...change }
  return { ...work, seen: { ...work.seen, [keyOf(standardId, sequence)]: next } }
}

/** How many observations of a standard are shown: as many as it asks for, and those beyond that were begun. */
export function rowsOf({ seen }: Work, { id, observations }: PhoneStandard): number {
  const begun = Object.keys(seen).flatMap((key) =>
    key.startsWith(`${id}/`) ? Number(key.split('/')[1]) : [],
  )
  return Math.max(observations, ...begun)
}

/** Whether an observation says what was seen. */
export const isSaid = ({ answer }: PhoneStandard, seen: Seen): boolean =>
  seen.answer !== null || (answer === 'count' && seen.count !== null)

/** What stands between an observation and being taken as it is. */
export type Lack = 'answer' | 'reason' | 'picture'

export function lackOf(standard: PhoneStandard, seen: Seen): Lack | null {
  if (!isSaid(standard, seen)) return 'answer'
  if (seen.answer === 'not_applicable') return seen.note.trim() === '' ? 'reason' : null
  if (seen.answer === 'not_seen' || seen.pictures.length > 0) return null
  const fails = seen.answer === 'partly' || seen.answer === 'not'
  return standard.photo === 'always' || (standard.photo === 'on_failure' && fails) ? 'picture' : null
}

/** What a visit lacks, and how far it is. */
export function progressOf(work: Work): { asked: number; said: number; lacks: Record<Lack, number> } {
  const lacks = { answer: 0, reason: 0, picture: 0 }
  let asked = 0
  for (const standard of work.standards) {
    const seen = Array.from({ length: rowsOf(work, standard) }, (_, n) => seenOf(work, standard.id, n + 1))
    const done = seen.some(({ answer }) => answer === 'not_applicable')
    for (const [n, each] of seen.entries()) {
      // Whoever says that a standard does not apply has said it for all of its observations.
      if (isBlank(each) && (done || n >= standard.observations)) continue
      asked++
      const lack = lackOf(standard, each)
      if (lack) lacks[lack]++
    }
  }
  return { asked, said: asked - lacks.answer, lacks }
}

/** Beyond this the service takes no correction of a clock: the phone corrects it itself. */
const aheadMaxMs = 10_000_000 * 1000

/** A moment of the phone's clock as the service takes it: as it was, with how far the clock is ahead. */
export function momentOf(at: number, aheadMs: number): { at: string; clockOffsetSeconds: number } {
  const far = Math.abs(aheadMs) > aheadMaxMs
  return {
    at: new Date(far ? at - aheadMs : at).toISOString(),
    clockOffsetSeconds: far ? 0 : Math.round(aheadMs / 1000),
  }
}

export interface Finish {
  operationId: string
  at: number
  position: Position | null
}

/** What a visit sends. */
export function bodyOf(work: Work, aheadMs: number, { operationId, at, position }: Finish): Body {
  const observations = work.standards.flatMap((standard) =>
    Array.from({ length: rowsOf(work, standard) }, (_, n) => n + 1).flatMap((sequence) => {
      const seen = seenOf(work, standard.id, sequence)
      if (isBlank(seen)) return []
      const { answer, count, note, pictures } = seen
      const pictureIds = pictures.map(({ id }) => id)
      return { standardId: standard.id, sequence, answer, count, note: note.trim() || null, pictureIds }
    }),
  )
  const { at: startedAt, clockOffsetSeconds } = momentOf(work.startedAt, aheadMs)
  return {
    ...{ operationId, visitId: work.visitId, patrol: work.patrol, startedAt, clockOffsetSeconds },
    endedAt: momentOf(at, aheadMs).at,
    ...(position ?? {}),
    observations,
  }
}
