import { searchNameOf } from '../names.ts'

/** A unit that a list can refer to. */
export interface ListedUnit {
  id: string
  name: string
  searchName: string
  aliases: readonly { searchAlias: string }[]
}

interface Named {
  id: string
  name: string
}

/** Which unit a name means: the one it names, or those it may mean, or none. */
export interface UnitMatch {
  name: string
  unit: Named | null
  candidates: Named[]
}

/** How many units a doubtful name is answered with. */
const candidatesMax = 8
const named = ({ id, name }: ListedUnit): Named => ({ id, name })

/**
 * Matches names as offices write them with units: by name or alias, spaces and punctuation aside. A name that is none, or
 * that several units have, is answered with those it may mean. Pure.
 */
export function matchUnits(units: readonly ListedUnit[], names: readonly string[]): UnitMatch[] {
  const byName = new Map<string, ListedUnit[]>()
  for (const unit of units) {
    for (const key of new Set([unit.searchName, ...unit.aliases.map(({ searchAlias }) => searchAlias)]))
      byName.set(key, [...(byName.get(key) ?? []), unit])
  }
  return names.map((name) => {
    const key = searchNameOf(name)
    const exact = byName.get(key) ?? []
    if (exact.length === 1) return { name, unit: named(exact[0] as ListedUnit), candidates: [] }
    const near = exact.length > 1 ? exact : key.length < 2 ? [] : units.filter((unit) => isNear(unit, key))
    return { name, unit: null, candidates: near.slice(0, candidatesMax).map(named) }
  })
}

function isNear({ searchName, aliases }: ListedUnit, key: string): boolean {
  return [searchName, ...aliases.map(({ searchAlias }) => searchAlias)].some(
    (known) => known.includes(key) || (known.length > 1 && key.includes(known)),
  )
}
