import type { Reader } from '#platform/database/port.ts'
import { searchNameOf } from '../names.ts'
import type { Districts } from './judge-units.ts'

/** Whoever knows the divisions of the country: a slice above, handed in where the service is put together. */
export type ListDistricts = (db: Reader) => Promise<readonly { code: string; name: string }[]>

/** Codes by the compared form of the name; a name that two districts have is none. */
export async function loadDistricts(db: Reader, list: ListDistricts): Promise<Districts> {
  const codes = new Map<string, string>()
  const twice = new Set<string>()
  for (const { code, name } of await list(db)) {
    const search = searchNameOf(name)
    if (codes.has(search) && codes.get(search) !== code) twice.add(search)
    codes.set(search, code)
  }
  for (const search of twice) codes.delete(search)
  return codes
}
