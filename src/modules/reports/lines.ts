import type { EventReport, Figures, Line } from './contract.ts'
import type { Organisation } from './facts.ts'
import { Tally } from './tally.ts'
import type { Breakdown } from './words.ts'

interface Place {
  districtCode: string | null
  zoneKind: string
}

interface Name {
  zh: string
  en: string
}

const nowhere: Name = { zh: '未划入县区', en: 'In no district' }
const free: Name = { zh: '独立队伍', en: 'Teams that stand alone' }
const top: Name = { zh: '无主管单位', en: 'Units without a parent' }

/** The lines of all breakdowns, created on first use. The lines of one breakdown add up to the total. */
export class Lines {
  readonly #organisation: Organisation
  readonly #districts: ReadonlyMap<string, string>
  readonly #zoneKinds: Readonly<Record<string, Name>>
  /** Whether shifts without people of the reader's organisation count: only in a report on everything. */
  readonly #whole: boolean
  readonly #tallies: Record<Breakdown, Map<string, Tally>> = {
    district: new Map(),
    zoneKind: new Map(),
    unit: new Map(),
    parent: new Map(),
  }

  constructor(
    organisation: Organisation,
    districts: ReadonlyMap<string, string>,
    zoneKinds: Readonly<Record<string, Name>>,
    whole: boolean,
  ) {
    this.#organisation = organisation
    this.#districts = districts
    this.#zoneKinds = zoneKinds
    this.#whole = whole
  }

  /** The tallies something belongs to: by place, and by the unit that gets the credit. */
  of(place: Place, { unitId }: { unitId: string | null }): Tally[] {
    return [...this.ofPlace(place), ...this.ofUnit(unitId)]
  }

  ofPlace({ districtCode, zoneKind }: Place): Tally[] {
    const make = () => new Tally(this.#whole ? { demanded: 0 } : {})
    return [this.#tally('district', districtCode ?? '', make), this.#tally('zoneKind', zoneKind, make)]
  }

  /** The line of a unit, and the line of its parent unit (条). */
  ofUnit(unitId: string | null): Tally[] {
    const make = () => new Tally({ asked: 0, pledged: 0 })
    const parentId = unitId && this.#organisation.units.get(unitId)?.parentId
    return [this.#tally('unit', unitId ?? '', make), this.#tally('parent', parentId ?? '', make)]
  }

  #tally(by: Breakdown, key: string, make: () => Tally): Tally {
    const known = this.#tallies[by].get(key)
    if (known) return known
    const made = make()
    this.#tallies[by].set(key, made)
    return made
  }

  /**
   * Sorted by verified arrivals (grades A and B): organisations are compared by what somebody else confirmed. Then by
   * assigned and key, so that two reports have the same order.
   */
  all(): EventReport['breakdowns'] {
    const linesOf = (by: Breakdown): Line[] =>
      [...this.#tallies[by]]
        .map(([key, tally]) => ({ key, name: this.#nameOf(by, key), figures: tally.figures }))
        .sort(
          ({ figures: a, key }, { figures: b, key: other }) =>
            provenOf(b) - provenOf(a) || b.assigned - a.assigned || (key < other ? -1 : 1),
        )
    return {
      district: linesOf('district'),
      zoneKind: linesOf('zoneKind'),
      unit: linesOf('unit'),
      parent: linesOf('parent'),
    }
  }

  #nameOf(by: Breakdown, key: string): Name {
    const plain = (name: string) => ({ zh: name, en: name })
    if (by === 'district') return key ? plain(this.#districts.get(key) ?? key) : nowhere
    if (by === 'zoneKind') return this.#zoneKinds[key] ?? plain(key)
    if (!key) return by === 'unit' ? free : top
    return plain(this.#organisation.units.get(key)?.name ?? key)
  }
}

function provenOf({ gradeA, gradeB }: Figures): number {
  return gradeA + gradeB
}
