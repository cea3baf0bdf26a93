import type { EventReport } from './contract.ts'
import type { AllotmentFact, Organisation } from './facts.ts'

interface Body {
  teamId: string | null
  unitId: string | null
}

/** Who took part: each body and each person once. Schools and classes stand apart from units and teams. */
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

  constructor(organisation: Organisation) {
    this.#organisation = organisation
  }

  add(placed: Body & { personId: string }): void {
    this.#addBody(placed)
    const people = this.#isSchool(placed.unitId) ? this.#schoolPeople : this.#volunteers
    people.add(placed.personId)
  }

  /** Heads of a team; those nobody was named into take part all the same. */
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
