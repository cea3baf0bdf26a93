/**
 * Nobody of a unit learns that a round was drawn before it is shown: every read there is answers each of their roles as it
 * did before the draw, from the same statements. The reads are those of the OpenAPI file.
 */
import { beforeAll, expect, test } from 'vitest'
import type { RoleName } from '#modules/accounts/words.ts'
import { dialect } from '#platform/database/kit.ts'
import { newId } from '#platform/ids.ts'
import type { SignedIn } from '#test/support/app.ts'
import { changesAt, readEverything, type Values } from '#test/support/cadres/reads.ts'
import { differences, Transcript } from '#test/support/cadres/transcript.ts'
import { listenToStatements, statementsOf } from '#test/support/cost/statements.ts'
import { aResponsibility, aZone } from '#test/support/factories/grid.ts'
import {
  anInspectedCity,
  aPoint,
  aScheme,
  type InspectedCity,
  visitsOf,
} from '#test/support/factories/inspection.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

listenToStatements()
// Monday 2 March 2026, 9:00. No worker: what it does beside requests is none of theirs. A service of its own, whose connection
// is opened after somebody listens.
const app = sharedApp({ at: '2026-03-02T09:00:00+08:00', worker: false, unused: true })

let city: InspectedCity
let values: Values
let roundId: string
const readers: Partial<Record<RoleName, SignedIn>> = {}

beforeAll(async () => {
  city = await anInspectedCity(app)
  const { office, wmb, districts } = city
  const keeper = await aUnit(app.db, { name: '平山区房产局', districtCode: '210502' })
  const team = await aTeam(app.db, { unitId: keeper.id })
  const scheme = await aScheme(app, city, [
    { code: 'JT-01', pointClass: 'compound', lead: { districtCode: '210502', unitId: keeper.id } },
  ])
  const zoneIds: string[] = []
  const pointIds: string[] = []
  for (const { code, zone } of districts) {
    const street = await aZone(app.db, { kind: 'subdistrict', districtCode: code, parent: zone })
    zoneIds.push(zone.id, street.id)
    if (code === '210502') await aResponsibility(app.db, { zoneId: street.id, unitId: keeper.id })
    for (let n = 0; n < 5; n++)
      pointIds.push((await aPoint(app, office, { zoneId: street.id, unitId: keeper.id })).id)
  }
  const created = await app
    .as(office)
    .post('/api/rounds')
    .send({
      ...{ kind: 'monthly', title: '3月测评', schemeId: scheme.id, issuerUnitId: wmb.id, spec: { size: 4 } },
      ...{ opensAt: '2026-03-03T08:00:00+08:00', endsAt: '2026-03-31T18:00:00+08:00' },
    })
    .expect(201)
  roundId = created.body.id
  const unitId = keeper.id
  for (const role of [
    'unit_administrator',
    'task_officer',
    'responsible_leader',
    'counsellor',
    'viewer',
  ] as const)
    readers[role] = await app.signIn({ role, unitId })
  readers.team_leader = await app.signIn({ role: 'team_leader', teamId: team.id })
  // Of the district that is looked at, and an inspector who also holds a role of a unit there.
  readers.district_office = await app.signIn({ role: 'district_office', districtCode: '210502' })
  readers.inspector = await app.signIn({ role: 'inspector' }, { role: 'task_officer', unitId })
  values = {
    ...{ roundId: [roundId], schemeId: [scheme.id], standardId: Object.values(scheme.standards) },
    ...{ pointId: pointIds, zoneId: zoneIds, unitId: [keeper.id, wmb.id], teamId: [team.id] },
    ...{
      year: ['2026'],
      from: ['2026-03-02'],
      workdays: ['3'],
      level: ['unit'],
      kind: ['persons'],
      channel: ['sms'],
    },
    by: ['unit'],
  }
})

/** Read again after some seconds by whichever request comes next: who is signed in, and the calendar. */
const kept = /"(?:sessions|role_grants|workday_years)"/

/** What everybody of a unit is answered by every read, and from which statements. */
async function everything(known: Values) {
  const told: Record<string, string[]> = {}
  const sent: Record<string, string[]> = {}
  for (const [role, who] of Object.entries(readers)) {
    const transcript = new Transcript(app, who)
    const statements = await statementsOf(() => readEverything(transcript, known))
    told[role] = transcript.lines
    sent[role] = statements.map(({ text }) => text).filter((text) => !kept.test(text))
  }
  return { told, sent }
}

/** What each is answered who tries to change a round or a visit, by every operation there is, and who sends in a visit. */
async function everyChange(known: Values): Promise<Record<string, string[]>> {
  const inspectorUserId = city.inspector.userId
  const bodies: Record<string, (url: string) => object> = {
    assignVisits: () => ({
      visits: [{ visitId: known.visitId![0], inspectorUserId, opensAt: '2026-03-03T08:00:00+08:00' }],
    }),
    changeRound: () => ({ title: '改名' }),
  }
  const told: Record<string, string[]> = {}
  for (const [role, { token }] of Object.entries(readers)) {
    const transcript = new Transcript(app, readers[role as RoleName]!)
    const send = async (method: 'PUT' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object) => {
      const headers = { authorization: `Bearer ${token}`, 'if-match': '"v1"', 'accept-language': 'zh-CN' }
      const answer = await app.app.inject({ method, url, headers, ...(payload && { payload }) })
      transcript.note(`${method} ${url}`, answer.statusCode, answer.body === '' ? '' : answer.json())
    }
    for (const { operationId, method, url } of changesAt(['roundId', 'visitId'], known))
      await send(method, url, bodies[operationId]?.(url))
    const times = { startedAt: '2026-03-03T09:00:00+08:00', endedAt: '2026-03-03T09:20:00+08:00' }
    for (const visitId of known.visitId!)
      await send('POST', '/api/visit-uploads', { operationId: newId(), visitId, observations: [], ...times })
    told[role] = transcript.lines
  }
  return told
}

test('before and after an undisclosed draw every operation answers every role of a unit alike, reads from the same statements', async () => {
  const nothing = { visitId: [newId(), newId()], operationId: [newId()] }
  const triedBefore = await everyChange({ ...values, ...nothing })
  const before = await everything({ ...values, ...nothing })
  await app.as(city.office).put(`/api/rounds/${roundId}/draw`).set('if-match', '"v1"').expect(200)
  const visits = await visitsOf(app, city.office, roundId)
  expect(visits.length).toBeGreaterThanOrEqual(4)
  const opensAt = '2026-03-03T08:00:00+08:00'
  const sample = visits.map(({ id: visitId }) => ({
    visitId,
    inspectorUserId: city.inspector.userId,
    opensAt,
  }))
  await app.as(city.office).put(`/api/rounds/${roundId}/assignments`).send({ visits: sample }).expect(200)
  const drawn = { visitId: visits.slice(0, 2).map(({ id }) => id), operationId: [newId()] }
  const after = await everything({ ...values, ...drawn })
  const triedAfter = await everyChange({ ...values, ...drawn })

  for (const role of Object.keys(readers)) {
    expect(before.told[role]!.length).toBeGreaterThan(20)
    expect([role, differences(before.told[role]!, after.told[role]!)]).toEqual([role, []])
    expect(triedBefore[role]!.length).toBeGreaterThan(4)
    expect([role, differences(triedBefore[role]!, triedAfter[role]!)]).toEqual([role, []])
    if (dialect !== 'sqlite') continue
    expect(before.sent[role]!.length).toBeGreaterThan(20)
    expect([role, after.sent[role]]).toEqual([role, before.sent[role]])
  }
  // The comparison sees a difference where there is one: once the round is shown, they read of it.
  const { body } = await app.as(city.office).get(`/api/rounds/${roundId}`).expect(200)
  await app
    .as(city.office)
    .put(`/api/rounds/${roundId}/disclosure`)
    .set('if-match', `"v${body.version}"`)
    .expect(200)
  const shown = await everything({ ...values, ...drawn })
  for (const role of ['unit_administrator', 'task_officer', 'district_office'])
    expect(differences(before.told[role]!, shown.told[role]!)).not.toEqual([])
}, 300_000)
