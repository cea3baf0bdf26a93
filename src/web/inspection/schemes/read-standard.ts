import { listStandards, readScheme, type Standard } from '../../api/operations.ts'
import { readAgain, readAll } from '../../core/query.ts'

/** The standard as it is now, for its dialog and for whoever looks at the list. @throws Error when it is gone */
export async function readStandard({ id, schemeId }: Standard): Promise<Standard> {
  const all = await readAll(listStandards, { params: { schemeId }, query: {} })
  const found = all.find((each) => each.id === id)
  await readAgain(listStandards, readScheme)
  if (!found) throw new Error('the standard is gone')
  return found
}
