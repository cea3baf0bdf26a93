import type { EventReport } from './contract.ts'
import type { AllotmentFact, Organisation } from './facts.ts'

interface Body {
  teamId: string | null
  unitId: string | null
}

/** Where and when a person arrived. */
interface Visit {
  shiftId: string
  zoneId: string
  work: string
}

/** People and shifts with arrivals: the figures that may be published. */
class Came {
  readonly people = new Set<string>()
  schoolHeads = 0
  readonly #bodies = { units: new Set<string>(), teams: new Set<string>(), schools: new Set<string>() }
  readonly #shifts = new Set<string>()
  readonly #zones = new Set<string>()
  readonly #works = new Map<string, number>()

  add({ unitId, teamId, shiftId, zoneId, work }: Body & Visit, isSchool: boolean, heads: number): void {
    if (unitId) this.#bodies[isSchool ? 'schools' : 'units'].add(unitId)
    if (teamId && !isSchool) this.#bodies.teams.add(teamId)
    this.#shifts.add(shiftId)
    this.#zones.add(zoneId)
    this.#works.set(work, (this.#works.get(work) ?? 0) + heads)
  }

  get figures(): NonNullable<EventReport['participants']['came']> {
    const { units, teams, schools } = this.#bodies
    const works = [...this.#works].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([work]) => work)
    return {
      units: units.size,
      teams: teams.size,
      schools: schools.size,
      people: this.people.size,
      schoolHeads: this.schoolHeads,
      zones: this.#zones.size,
      shifts: this.#shifts.size,
      works: works.slice(0, 5),
    }
  }
}

/** Counts each organisation and each person once. Schools and classes are separate from units and teams. */
export class Participants {
  readonly #organisation: Organisation
  readonly #bodies = {
    units: new Set<string>(),
    teams: new Set<string>(),
    schools: new Set<string>(),
    classes: new Set<string>(),
  }
  readonly #volunteers = new Set<string>()
  readonly #schoolPeople = new Set<string>()
  #unnamed = 0
  readonly #came = new Came()

  constructor(organisation: Organisation) {
    this.#organisation = organisation
  }

  add(placed: Body & { personId: string }): void {
    this.#addBody(placed)
    const people = this.#isSchool(placed.unitId) ? this.#schoolPeople : this.#volunteers
    people.add(placed.personId)
  }

  /** A named person arrived on this shift. */
  addArrival(placed: Body & Visit & { personId: string }): void {
    this.#came.add(placed, this.#isSchool(placed.unitId), 1)
    this.#came.people.add(placed.personId)
  }

  /** Heads counted without names: their organisation took part, too. */
  addCounted({ present, ...body }: { present: number } & Body & Visit): void {
    if (present === 0) return
    this.#came.add(body, this.#isSchool(body.unitId), present)
    if (this.#isSchool(body.unitId)) this.#came.schoolHeads += present
  }

  /** Heads of a team; those without a name take part, too. */
  addHeads({ heads, named, ...body }: Pick<AllotmentFact, 'heads' | 'named'> & Body): void {
    this.#addBody(body)
    this.#unnamed += heads - named
  }

  get figures(): EventReport['participants'] {
    const { units, teams, schools, classes } = this.#bodies
    return {
      units: units.size,
      teams: teams.size,
      volunteers: this.#volunteers.size,
      schools: schools.size,
      classes: classes.size,
      teachersAndPupils: this.#schoolPeople.size,
      headsWithoutNames: this.#unnamed,
      came: this.#came.figures,
    }
  }

  #isSchool(unitId: string | null): boolean {
    return unitId !== null && this.#organisation.units.get(unitId)?.kind === 'school'
  }

  #addBody({ teamId, unitId }: Body): void {
    const { units, teams, schools, classes } = this.#bodies
    if (unitId) (this.#isSchool(unitId) ? schools : units).add(unitId)
    if (teamId) (this.#organisation.teams.get(teamId)?.kind === 'class' ? classes : teams).add(teamId)
  }
}
