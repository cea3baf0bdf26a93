/** Standards and points come in as spreadsheets; the scheme is published. */
import { pointsFile, schemeName, standardsFile } from './scheme.ts'
import type { Caller, Size, World } from './world.ts'

const settled = (state: string) => !['received', 'judging', 'committing'].includes(state)

/** @throws Error when a row has an error or a question */
export async function importSheet(
  world: World,
  { name, bytes }: { name: string; bytes: Buffer },
): Promise<number> {
  const office = await world.office()
  const { body: received } = await office.upload('/api/imports', [{ name, bytes }])
  const read = () => office.get(`/api/imports/${received.id}`)
  const judged = await world.until(read, ({ state }) => settled(state))
  if (judged.state !== 'judged' || judged.counts.error > 0 || judged.openDecisions > 0)
    throw new Error(`${name} was judged ${judged.state}: ${JSON.stringify(judged.counts)}`)
  await office.put(`/api/imports/${received.id}/commit`)
  const committed = await world.until(read, ({ state }) => settled(state))
  if (committed.state !== 'committed') throw new Error(`${name} ended ${committed.state}`)
  return committed.counts.new
}

export interface PublishedScheme {
  id: string
  /** Ids of its standards by code, and whether what fails has a deadline. */
  standards: { id: string; code: string; pointClass: string; dated: boolean }[]
}

/** Imports both lists and publishes the scheme. */
export async function bringLists(world: World, { perClass }: Size): Promise<PublishedScheme> {
  await importSheet(world, { name: '测评标准.xlsx', bytes: await standardsFile(world.issuer.name) })
  await importSheet(world, { name: '测评点位.xlsx', bytes: await pointsFile(world.districts, perClass) })
  const office = await world.office()
  const { items } = await office.get('/api/schemes?state=draft&limit=200')
  const scheme = items.find(({ name }: { name: string }) => name.endsWith(schemeName))
  await office.put(`/api/schemes/${scheme.id}/publication`, {}, `"v${scheme.version}"`)
  return { id: scheme.id, standards: await standardsOf(office, scheme.id) }
}

async function standardsOf(office: Caller, schemeId: string): Promise<PublishedScheme['standards']> {
  const { items } = await office.get(`/api/schemes/${schemeId}/standards?limit=200`)
  return items.map(({ id, code, pointClass, dueClass }: Record<string, string | null>) => {
    return { id, code, pointClass, dated: dueClass !== null }
  })
}
