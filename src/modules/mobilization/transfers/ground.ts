import type { DateTime } from 'luxon'
import { isClosed } from '../facts.ts'
import type { Standing } from '../proposal/proposal-ground.ts'
import { type Ground, keepBusy, type OpenShift } from '../proposal/proposal-rules.ts'
import type { TeamMember } from '../team-members.ts'
import type { Scene } from './look.ts'

/** What leaves before anything arrives. */
export interface Leaving {
  /** Assignments whose people leave. */
  places: ReadonlySet<string>
  /** Heads that leave each allotment, without names or with the people in them. */
  heads: ReadonlyMap<string, number>
}

/** The ground on which arrivals are judged: those who leave have left. */
export function groundOf(scene: Scene, { places, heads: leaving }: Leaving, at: DateTime): Ground {
  const { event, shifts: concerned, standing, elsewhere, members } = scene
  const stays = standing.filter(({ id, freedAt }) => freedAt === null && !places.has(id))
  const open = new Map<string, OpenShift>()
  for (const shift of concerned.values()) {
    const { id, startsAt, endsAt, minorsAllowed, max, taken } = shift
    open.set(id, {
      id,
      startsAt,
      endsAt,
      minorsAllowed,
      closed: isClosed({ shift, event }, at),
      left: max - taken,
    })
  }
  for (const { id, shiftId, allotmentId } of standing) {
    if (places.has(id) && allotmentId === null) open.get(shiftId)!.left++
  }
  const heads: Ground['heads'] = new Map()
  for (const { id, shiftId, teamId, heads: all, named } of scene.allotments) {
    const gone = leaving.get(id) ?? 0
    open.get(shiftId)!.left += gone
    const namedGone = standing.filter((each) => each.allotmentId === id && places.has(each.id)).length
    const left = all - gone - (named - namedGone)
    if (left > 0) heads.set(`${shiftId} ${teamId}`, { allotmentId: id, left })
  }
  const humans = new Map(elsewhere.flatMap(({ personId, humanId }) => (humanId ? [[personId, humanId]] : [])))
  for (const { personId, humanId } of members.values()) if (humanId) humans.set(personId, humanId)
  const busy: Ground['busy'] = new Map()
  const excused = new Map<string, OpenShift[]>()
  for (const each of elsewhere) {
    const { personId, startsAt, endsAt } = each
    if (each.excused && each.eventId === event.id) {
      const known = excused.get(personId) ?? []
      excused.set(personId, [...known, { startsAt, endsAt } as OpenShift])
    }
    if (!each.freed && !places.has(each.assignmentId))
      keepBusy({ humans, busy }, personId, { startsAt, endsAt })
  }
  return {
    shifts: open,
    members,
    humans,
    busy,
    excused,
    heads,
    groups: groupsOf(stays, members),
    minorsPerAdult: event.minorsPerAdult,
    wanted: wantedOf(scene, stays),
    skills: scene.skillsOf,
  }
}

/** Minors and escorts with a seat of their own, by `SHIFT GROUP`. */
export function groupsOf(
  stays: readonly Standing[],
  members: ReadonlyMap<string, TeamMember>,
): Map<string, { minors: number; escorts: number }> {
  const groups = new Map<string, { minors: number; escorts: number }>()
  for (const { shiftId, unitId, teamId, personId, minor, allotmentId, freedAt } of stays) {
    if (allotmentId !== null || freedAt !== null) continue
    const key = `${shiftId} ${unitId ?? teamId}`
    const group = groups.get(key) ?? { minors: 0, escorts: 0 }
    groups.set(key, group)
    if (minor) group.minors++
    else if (members.get(`${personId} ${teamId}`)?.escort) group.escorts++
  }
  return groups
}

function wantedOf({ skills, skillsOf: have }: Scene, stays: readonly Standing[]): Ground['wanted'] {
  return new Map(
    [...skills].map(([shiftId, needed]) => {
      const there = stays.filter((each) => each.shiftId === shiftId)
      const missing = needed.map(({ skill, min }) => {
        const present = there.filter(({ personId }) => have.get(personId)?.has(skill)).length
        return [skill, Math.max(0, min - present)] as const
      })
      return [shiftId, new Map(missing)]
    }),
  )
}
