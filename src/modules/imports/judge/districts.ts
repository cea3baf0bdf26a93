import { districtNames } from '#modules/grid/index.ts'
import { searchNameOf } from '#modules/organisation/index.ts'
import type { Reader } from '#platform/database/port.ts'

/** District codes by normalized name. */
export type Districts = ReadonlyMap<string, string>

/** District codes by normalized name; a name that two districts share is left out. */
export async function loadDistricts(db: Reader): Promise<Districts> {
  const codes = new Map<string, string>()
  const twice = new Set<string>()
  for (const { code, name } of await districtNames(db)) {
    const search = searchNameOf(name)
    if (codes.has(search) && codes.get(search) !== code) twice.add(search)
    codes.set(search, code)
  }
  for (const search of twice) codes.delete(search)
  return codes
}

/** The code of a district, given as a code (accepted as it is) or as the name of a known district. */
export function districtCodeOf(text: string, districts: Districts): string | undefined {
  if (/^\d{2,12}$/.test(text)) return text
  return (
    districts.get(searchNameOf(text)) ??
    districts.get(searchNameOf(`${text}区`)) ??
    districts.get(searchNameOf(`${text}县`))
  )
}
