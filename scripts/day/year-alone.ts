/**
 * Plays the year of the city at full size on a service of its own: ten groups, four groups of counsellors, a task book, 17 leaders
 * and 77 units that answer for 14 compounds expanded twice, a market in stages, an award revoked, a notice with replies, what is
 * carried into the year plan; then three rounds of inspection under a small scheme. Prints its figures; exit code 1 unless all
 * of them hold.
 *
 *   npm run year
 */
import '../lib/help.ts'
import { rmSync } from 'node:fs'
import { Client } from './client.ts'
import { inspectTwoDistricts } from './inspection/alone.ts'
import { createAdministrator, createOfficer, signIn } from './offices.ts'
import { printChecks } from './report.ts'
import { startService } from './server.ts'
import { playYear, size } from './year.ts'

const service = await startService({ port: 0, clock: '2026-03-04T09:00:00+08:00' })
const client = new Client(service.url)
let right = false
try {
  const administrator = await createAdministrator(service)
  const officer = { login: 'office', name: '市文明办', role: 'city_office', what: '' } as const
  const account = await createOfficer(service, officer)
  const office = await signIn(client, account)
  const aUnit = async (name: string) =>
    (await office.post('/api/units', { name, kind: 'government' })).id as string
  const issuerId = await aUnit('市文明办')
  const unitIds: string[] = []
  for (let n = 1; n <= size.units; n++) unitIds.push(await aUnit(`责任单位${n}`))
  const checks = await playYear({
    ...{ client, office, officeLogin: officer.login, issuerId, unitIds },
    administrator: await signIn(client, administrator),
    districtCodes: ['210502', '210503', '210504', '210505'],
  })
  const issuer = { id: issuerId, name: '市文明办' }
  const inspected = await inspectTwoDistricts({ client, administrator, office: account, issuer })
  right = printChecks([...checks, ...inspected])
} finally {
  client.close()
  await service.stop()
  if (right) rmSync(service.folder, { recursive: true, force: true })
}
process.exit(right ? 0 : 1)
