import type { DateTime } from 'luxon'
import { type Pool, type PoolPerson, poolOf } from '#modules/mobilization/index.ts'
import type { Reader } from '#platform/database/port.ts'
import {
  districtsOfUnits,
  type EventRow,
  plannableEvent,
  type ShiftToPlan,
  shiftsToPlan,
  skillsToPlan,
  unitsInCharge,
} from './event-facts.ts'
import { inFixedOrder, Positions } from './fixed-order.ts'
import { impossiblePins } from './impossible-pins.ts'
import { middleOf, type Place, planeAround } from './plane.ts'
import type { Problem } from './problem-format.ts'

/** The rows behind the positions of a described problem. */
export interface Names {
  /** Null: a head without a name, that a team stated. */
  people: (string | null)[]
  teams: string[]
  shifts: string[]
  skills: string[]
  districts: string[]
  /** For each shift, the district it lies in. */
  shiftDistricts: string[]
  /** The moment from which minutes are counted, in the event's zone. */
  midnight: DateTime
}

export interface Described {
  problem: Problem
  names: Names
}

/** What a run asks for over several shifts of one person; null: no limit. */
export interface Limits {
  hoursPerWeek?: number | null
  restMinutes?: number | null
}

/** On foot and by bus through a town, queues included. */
const metresAMinute = 200
const bufferMinutes = 10
const reserveShare = 0.03

/**
 * Describes an event as a planning problem: everybody the mobilization counts on, the demand of every shift that
 * is not over, who answers for which zone, duties in other events, and what is decided already.
 * Heads held for a team without names lower the demand; heads a team merely stated take part as people without
 * a name. Everybody is free on all days of the event. Times are minutes from the local midnight before the event, places metres on a plane.
 * @throws DomainError `event.missing`, `event.closed`
 */
export async function describeProblem(
  db: Reader,
  eventId: string,
  now: DateTime,
  limits: Limits = {},
): Promise<Described> {
  const event = await plannableEvent(db, eventId)
  const pool = inFixedOrder(await poolOf(db, eventId))
  const rows = await shiftsToPlan(db, eventId)
  const skills = await skillsToPlan(db, eventId)
  const inCharge = await unitsInCharge(
    db,
    [...new Set(rows.map((row) => row.zoneId))],
    event.startsAt.setZone(event.timeZone),
  )
  const unitDistricts = await districtsOfUnits(db)
  const draft = new Draft(event, pool, rows, unitDistricts)
  draft.addLimits(limits)
  draft.addPlaces(inCharge)
  draft.addShifts(skills, now)
  draft.addPeople()
  draft.addDecisions()
  return draft.described()
}

class Draft {
  readonly #event: EventRow
  readonly #pool: Pool
  readonly #rows: ShiftToPlan[]
  readonly #unitDistricts: Map<string, string | null>
  readonly #skills = new Positions()
  readonly #districts = new Positions()
  readonly #units = new Positions()
  readonly #zones = new Positions()
  readonly #shifts = new Positions()
  readonly #people: (string | null)[] = []
  readonly #personAt = new Map<string, number>()
  readonly #teamIds: string[] = []
  readonly #midnight: DateTime
  readonly #onPlane: (place: Place) => { x: number; y: number }
  readonly #middle: Place
  readonly #problem: Problem

  constructor(event: EventRow, pool: Pool, rows: ShiftToPlan[], unitDistricts: Map<string, string | null>) {
    this.#event = event
    this.#pool = pool
    this.#rows = rows
    this.#unitDistricts = unitDistricts
    this.#midnight = event.startsAt.setZone(event.timeZone).startOf('day')
    this.#middle = middleOf(rows.flatMap((row) => placeOf(row) ?? []))
    this.#onPlane = planeAround(this.#middle)
    this.#problem = {
      K: event.minorsPerAdult,
      speed: metresAMinute,
      buffer: bufferMinutes,
      reserveShare,
      districts: 0,
      units: [],
      teams: [],
      vol: { team: [], minor: [], skills: [], from: [], to: [], hours: [], barred: [] },
      commitments: [],
      zones: [],
      shifts: [],
      pins: [],
      ownUnit: event.ownUnit,
      previous: [],
    }
  }

  addLimits({ hoursPerWeek, restMinutes }: Limits): void {
    if (typeof hoursPerWeek === 'number') this.#problem.hoursPerWeek = hoursPerWeek
    if (typeof restMinutes === 'number') this.#problem.restMinutes = restMinutes
  }

  addPlaces(inCharge: Map<string, string>): void {
    for (const row of this.#rows) {
      const at = this.#zones.of(row.zoneId)
      if (at < this.#problem.zones.length) continue
      const unitId = inCharge.get(row.zoneId)
      this.#problem.zones.push({
        district: this.#districts.of(row.districtCode ?? ''),
        ...this.#onPlane(placeOf(row) ?? this.#middle),
        kind: 0,
        minorsOk: row.minorsSuitable,
        unit: unitId === undefined ? -1 : this.#unit(unitId),
      })
    }
    for (const team of this.#pool.teams) {
      // Twice: the second holds adults who may not answer for the minors of the first.
      const described = {
        unit: team.unitId === null ? -1 : this.#unit(team.unitId),
        school: team.school ? 0 : -1,
        ...this.#onPlane(placeOf(team) ?? this.#middle),
        ...(team.whole ? { whole: true } : {}),
      }
      this.#teamIds.push(team.id, team.id)
      this.#problem.teams.push(described, { ...described })
    }
  }

  /** Shifts that have begun are frozen; where minors are not allowed the shift gets a zone of its own that says so. */
  addShifts(skills: { shiftId: string; skill: string; min: number }[], now: DateTime): void {
    const needs = Map.groupBy(skills, ({ shiftId }) => shiftId)
    const held = new Map<string, number>()
    for (const { shiftId, heads, named, kept } of this.#pool.allotments)
      if (kept) held.set(shiftId, (held.get(shiftId) ?? 0) + heads - named)
    for (const row of this.#rows) {
      const taken = held.get(row.id) ?? 0
      this.#shifts.of(row.id)
      this.#problem.shifts.push({
        zone: this.#zoneFor(row),
        start: this.#minute(row.startsAt),
        end: this.#minute(row.endsAt),
        min: Math.max(0, row.min - taken),
        target: Math.max(0, row.target - taken),
        max: Math.max(0, row.max - taken),
        skills: (needs.get(row.id) ?? []).map(({ skill, min }) => ({ skill: this.#skills.of(skill), min })),
        ...(row.startsAt <= now ? { frozen: true } : {}),
      })
    }
  }

  addPeople(): void {
    const teamAt = new Map(this.#pool.teams.map((team, at) => [team.id, at]))
    const withMinors = new Set(
      this.#pool.people.filter((person) => person.minor).map((person) => person.teamId),
    )
    for (const person of this.#pool.people) {
      const team = teamAt.get(person.teamId)
      if (team === undefined) continue
      const aside = !person.minor && !person.escort && withMinors.has(person.teamId)
      this.#personAt.set(person.personId, this.#people.length)
      this.#person(person.personId, team * 2 + (aside ? 1 : 0), person)
    }
    for (const { personId, startsAt, endsAt, ...where } of this.#pool.commitments) {
      const vol = this.#personAt.get(personId)
      if (vol === undefined) continue
      const place = this.#onPlane(placeOf(where) ?? this.#middle)
      this.#problem.commitments.push({
        vol,
        start: this.#minute(startsAt),
        end: this.#minute(endsAt),
        ...place,
      })
    }
    this.#pool.teams.forEach((team, at) => {
      const placed = this.#pool.allotments.filter(
        (allotment) => allotment.kept && allotment.teamId === team.id,
      )
      const placedMinors = placed.reduce((sum, { minors }) => sum + minors, 0)
      const placedHeads = placed.reduce((sum, { heads, named }) => sum + heads - named, 0)
      const heads = Math.max(0, (team.statedHeads ?? 0) - placedHeads)
      const minors = Math.min(heads, Math.max(0, (team.statedMinors ?? 0) - placedMinors))
      for (let i = 0; i < heads; i++)
        this.#person(null, at * 2, { minor: i < minors, consented: true, skills: [] })
    })
  }

  addDecisions(): void {
    const shiftAt = new Map(this.#shifts.names.map((id, at) => [id, at]))
    for (const { personId, shiftId, kept } of this.#pool.placed) {
      const vol = this.#personAt.get(personId)
      const shift = shiftAt.get(shiftId)
      if (shift === undefined) continue
      if (vol === undefined) this.#hold(shift)
      else if (kept) this.#problem.pins.push({ vol, shift })
      else this.#problem.previous!.push({ vol, shift })
    }
    // What a leader decided and the planner would not have: it stands, and the planner works around it.
    const stuck = new Set(impossiblePins(this.#problem).map((at) => this.#problem.pins[at]!.vol))
    for (const { vol, shift } of this.#problem.pins) {
      if (!stuck.has(vol)) continue
      this.#hold(shift)
      this.#problem.vol.barred![vol] = 1
    }
    this.#problem.pins = this.#problem.pins.filter(({ vol }) => !stuck.has(vol))
  }

  described(): Described {
    this.#problem.districts = this.#districts.names.length
    return {
      problem: this.#problem,
      names: {
        people: this.#people,
        teams: this.#teamIds,
        shifts: this.#shifts.names,
        skills: this.#skills.names,
        districts: this.#districts.names,
        shiftDistricts: this.#rows.map((row) => row.districtCode ?? ''),
        midnight: this.#midnight,
      },
    }
  }

  #person(id: string | null, team: number, of: Pick<PoolPerson, 'minor' | 'consented' | 'skills'>): void {
    const { vol } = this.#problem
    this.#people.push(id)
    vol.team.push(team)
    vol.minor.push(of.minor ? 1 : 0)
    vol.skills.push(of.skills.reduce((set, skill) => set | this.#skillBit(skill), 0))
    vol.from.push(this.#minute(this.#event.startsAt))
    vol.to.push(this.#minute(this.#event.endsAt))
    vol.hours.push(0)
    vol.barred!.push(of.consented ? 0 : 1)
  }

  /** Only skills some shift asks for are told apart. */
  #skillBit(skill: string): number {
    const at = this.#skills.names.indexOf(skill)
    return at < 0 || at > 30 ? 0 : 1 << at
  }

  #hold(shift: number): void {
    const demand = this.#problem.shifts[shift]!
    demand.min = Math.max(0, demand.min - 1)
    demand.target = Math.max(0, demand.target - 1)
    demand.max = Math.max(0, demand.max - 1)
  }

  #zoneFor(row: ShiftToPlan): number {
    const zone = this.#zones.of(row.zoneId)
    const described = this.#problem.zones[zone]!
    if (!described.minorsOk || row.minorsAllowed) return zone
    const adultsOnly = this.#zones.of(`${row.zoneId} adults`)
    if (adultsOnly === this.#problem.zones.length) this.#problem.zones.push({ ...described, minorsOk: false })
    return adultsOnly
  }

  #unit(unitId: string): number {
    const at = this.#units.of(unitId)
    if (at === this.#problem.units.length)
      this.#problem.units.push({ district: this.#districts.of(this.#unitDistricts.get(unitId) ?? '') })
    return at
  }

  #minute(at: DateTime): number {
    return Math.round(at.diff(this.#midnight, 'minutes').minutes)
  }
}

function placeOf({
  latitude,
  longitude,
}: {
  latitude: number | null
  longitude: number | null
}): Place | null {
  return latitude === null || longitude === null ? null : { latitude, longitude }
}
