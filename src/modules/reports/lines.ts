import type { EventReport, Line } from './contract.ts'
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

const nowhere: Name = { zh: '未划入区县', en: 'In no district' }
const free: Name = { zh: '独立队伍', en: 'Teams that stand alone' }
const top: Name = { zh: '无主管单位', en: 'Units without a parent' }

/** The lines of every breakdown, made as somebody falls into them. The lines of one add up to the total. */
export class Lines {
  readonly #organisation: Organisation
  readonly #districts: ReadonlyMap<string, string>
  readonly #zoneKinds: Readonly<Record<string, Name>>
  /** Whether places without anybody of ours count: not in a part of the organisation. */
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

  /** The lines something falls into: by where it was, and by who is credited. */
  of(place: Place, { unitId }: { unitId: string | null }): Tally[] {
    return [...this.ofPlace(place), ...this.ofUnit(unitId)]
  }

  ofPlace({ districtCode, zoneKind }: Place): Tally[] {
    const make = () => new Tally(this.#whole ? { demanded: 0 } : {})
    return [this.#tally('district', districtCode ?? '', make), this.#tally('zoneKind', zoneKind, make)]
  }

  /** A unit's own line, and that of the unit it reports to (条). */
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

  /** Most assigned first, then by key, so that a report made twice reads alike. */
  all(): EventReport['breakdowns'] {
    const of = (by: Breakdown): Line[] =>
      [...this.#tallies[by]]
        .map(([key, tally]) => ({ key, name: this.#nameOf(by, key), figures: tally.figures }))
        .sort((a, b) => b.figures.assigned - a.figures.assigned || (a.key < b.key ? -1 : 1))
    return { district: of('district'), zoneKind: of('zoneKind'), unit: of('unit'), parent: of('parent') }
  }

  #nameOf(by: Breakdown, key: string): Name {
    const plain = (name: string) => ({ zh: name, en: name })
    if (by === 'district') return key ? plain(this.#districts.get(key) ?? key) : nowhere
    if (by === 'zoneKind') return this.#zoneKinds[key] ?? plain(key)
    if (!key) return by === 'unit' ? free : top
    return plain(this.#organisation.units.get(key)?.name ?? key)
  }
}
