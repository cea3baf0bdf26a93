import type { DateTime } from 'luxon'
import { eventSkillsMax } from '#modules/events/index.ts'
import type { Pool, PoolPerson } from '#modules/mobilization/index.ts'
import type { Problem } from '#planner/index.ts'
import type { EventRow, ShiftToPlan } from './event-facts.ts'
import { Positions } from './fixed-order.ts'
import { middleOf, type Place, planeAround } from './plane.ts'
import { holdSeat, setAsidePins, type Unescorted } from './set-aside-pins.ts'

/** The database ids behind the positions of a described problem. */
export interface Names {
  /** Null: a head without a name, as stated by a team. */
  people: (string | null)[]
  teams: string[]
  shifts: string[]
  skills: string[]
  districts: string[]
  /** The district of each shift. */
  shiftDistricts: string[]
  /** The instant from which minutes are counted, in the time zone of the event. */
  midnight: DateTime
}

export interface Described {
  problem: Problem
  names: Names
  /** Minors left out of the plan because no escort is available, by team and shift. */
  unescorted: Unescorted[]
}

/** Limits for several shifts of one person; null: no limit. */
export interface Limits {
  hoursPerWeek?: number | null
  restMinutes?: number | null
}

/** Travel speed on foot and by bus in a town, waiting included. */
const metresAMinute = 200
const bufferMinutes = 10
const reserveShare = 0.03

/** Builder of a planning problem. `describeProblem` calls its steps in a fixed order. */
export class Draft {
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
  readonly #midnightMs: number
  /** Start and end of the event, in minutes. */
  readonly #opens: number
  readonly #closes: number
  readonly #onPlane: (place: Place) => { x: number; y: number }
  readonly #middle: Place
  readonly #problem: Problem
  #unescorted: Unescorted[] = []

  constructor(event: EventRow, pool: Pool, rows: ShiftToPlan[], unitDistricts: Map<string, string | null>) {
    this.#pool = pool
    this.#rows = rows
    this.#unitDistricts = unitDistricts
    this.#midnight = event.startsAt.setZone(event.timeZone).startOf('day')
    this.#midnightMs = this.#midnight.toMillis()
    this.#opens = this.#minute(event.startsAt)
    this.#closes = this.#minute(event.endsAt)
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
      // Two teams of the problem: the second one is for adults who do not count as escorts of the minors in the
      // first.
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

  /** Shifts that have begun are frozen. A shift where minors are not allowed gets its own zone with that rule. */
  addShifts(skills: { shiftId: string; skill: string; min: number }[], now: DateTime): void {
    // An event older than the limit may require more skills. Skills beyond the limit are ignored.
    const toldApart = new Set([...new Set(skills.map(({ skill }) => skill))].slice(0, eventSkillsMax))
    const needs = Map.groupBy(
      skills.filter(({ skill }) => toldApart.has(skill)),
      ({ shiftId }) => shiftId,
    )
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
    for (const { personId, startsAt, endsAt } of this.#pool.excused) {
      const vol = this.#personAt.get(personId)
      if (vol === undefined) continue
      const period = { start: this.#minute(startsAt), end: this.#minute(endsAt) }
      this.#problem.commitments.push({ vol, ...period, x: 0, y: 0, timeOnly: true })
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
      if (vol === undefined) holdSeat(this.#problem, shift, 'served')
      else if (kept) this.#problem.pins.push({ vol, shift })
      else this.#problem.previous!.push({ vol, shift })
    }
    this.#unescorted = setAsidePins(this.#problem)
  }

  described(): Described {
    this.#problem.districts = this.#districts.names.length
    return {
      problem: this.#problem,
      unescorted: this.#unescorted,
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
    vol.from.push(this.#opens)
    vol.to.push(this.#closes)
    vol.hours.push(0)
    vol.barred!.push(of.consented ? 0 : 1)
  }

  /** The bit of a skill. Only skills that some shift requires have one. */
  #skillBit(skill: string): number {
    const at = this.#skills.names.indexOf(skill)
    return at < 0 ? 0 : 1 << at
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
    return Math.round((at.toMillis() - this.#midnightMs) / 60_000)
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
