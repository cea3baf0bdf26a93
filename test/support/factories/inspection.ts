/** A city that inspects: districts, units, points, a scheme, and who acts for whom. */
import { newId } from '#platform/ids.ts'
import type { SignedIn, TestApp } from '#test/support/app.ts'
import { aZone } from '#test/support/factories/grid.ts'
import { aUnit } from '#test/support/factories/organisation.ts'

export interface InspectedCity {
  /** The root of all units, and the office that inspects. */
  root: { id: string }
  wmb: { id: string }
  /** A bureau of the city that leads standards, and its branch in the first district. */
  bureau: { id: string }
  branch: { id: string }
  office: SignedIn
  /** Sent by a third unit, far from every district. */
  inspector: SignedIn
  districts: { code: string; zone: { id: string; path: string } }[]
}

/** For which unit an account acts; that of an officer is set by the system administrator. */
export const actFor = (
  app: TestApp,
  user: SignedIn,
  unitId: string,
  by: 'city_office' | 'system_administrator' = 'city_office',
) => app.as(by).put(`/api/users/${user.userId}/unit`).set('if-match', '"v1"').send({ unitId }).expect(200)

export async function anInspectedCity(app: TestApp): Promise<InspectedCity> {
  const root = await aUnit(app.db, { districtCode: null, name: '市委市政府' })
  const wmb = await aUnit(app.db, { districtCode: null, name: '市文明办', parentId: root.id })
  const sending = await aUnit(app.db, { districtCode: null, name: '市委督查室', parentId: root.id })
  const bureau = await aUnit(app.db, { districtCode: null, name: '市城管局', parentId: root.id })
  const branch = await aUnit(app.db, { name: '平山区城管分局', parentId: bureau.id, districtCode: '210502' })
  const office = await app.signIn({ role: 'city_office' })
  const inspector = await app.signIn({ role: 'inspector' })
  await actFor(app, office, wmb.id, 'system_administrator')
  await actFor(app, inspector, sending.id)
  const districts = []
  for (const [code, name] of [
    ['210502', '平山区'],
    ['210503', '溪湖区'],
  ] as const) {
    const zone = await aZone(app.db, { kind: 'district', code, districtCode: code, name })
    districts.push({ code, zone })
  }
  return { root, wmb, bureau, branch, office, inspector, districts }
}

export interface StandardWanted {
  code: string
  pointClass: string
  text?: string
  [field: string]: unknown
}

/** A published scheme with these standards; who leads each stands beside it. */
export async function aScheme(
  app: TestApp,
  { office, wmb }: Pick<InspectedCity, 'office' | 'wmb'>,
  wanted: readonly (StandardWanted & { lead?: { districtCode: string | null; unitId: string } })[],
): Promise<{ id: string; standards: Record<string, string> }> {
  const indicators = [{ code: 'ENV', name: '环境卫生' }]
  const scheme = await app
    .as(office)
    .post('/api/schemes')
    .send({ name: '文明城市测评体系', issuerUnitId: wmb.id, indicators })
    .expect(201)
  const standards: Record<string, string> = {}
  for (const { lead, ...standard } of wanted) {
    const { body } = await app
      .as(office)
      .post(`/api/schemes/${scheme.body.id}/standards`)
      .send({ text: '环境整洁', indicator: 'ENV', ...standard })
      .expect(201)
    standards[standard.code] = body.id
    if (lead)
      await app
        .as(office)
        .put(`/api/standards/${body.id}/units`)
        .set('if-match', '"v1"')
        .send({ units: [{ ...lead, role: 'lead' }] })
        .expect(200)
  }
  await app.as(office).put(`/api/schemes/${scheme.body.id}/publication`).set('if-match', '"v1"').expect(200)
  return { id: scheme.body.id, standards }
}

let made = 0

/** A point through the front door. */
export async function aPoint(
  app: TestApp,
  office: SignedIn,
  wanted: { zoneId: string; pointClass?: string; unitId?: string; name?: string; code?: string },
): Promise<{ id: string; code: string }> {
  const { pointClass = 'compound', name = `点位${++made}`, code = `P-${++made}`, ...more } = wanted
  const { body } = await app
    .as(office)
    .post('/api/points')
    .send({ pointClass, name, code, ...more })
    .expect(201)
  return body
}

/** A round, drawn. */
export async function aDrawnRound(
  app: TestApp,
  { office, wmb }: Pick<InspectedCity, 'office' | 'wmb'>,
  round: {
    schemeId: string
    spec: object
    kind?: string
    issuerUnitId?: string
    opensAt?: string
    endsAt?: string
  },
) {
  const stated = { kind: 'monthly', title: '3月测评', issuerUnitId: wmb.id, ...round }
  const { body } = await app
    .as(office)
    .post('/api/rounds')
    .send({ opensAt: '2026-03-02T08:00:00+08:00', endsAt: '2026-03-31T18:00:00+08:00', ...stated })
    .expect(201)
  const drawn = await app.as(office).put(`/api/rounds/${body.id}/draw`).set('if-match', '"v1"').expect(200)
  return drawn.body
}

export interface SeenVisit {
  id: string
  role: string
  attempt: number
  state: string
  districtCode: string
  pointClass: string
  point: { id: string; code: string }
  receivedAt: string | null
  balanced: { earned: number; possible: number; percent: number } | null
  pooled: { earned: number; possible: number; percent: number } | null
  unseen: number | null
  afterClosure: boolean
}

export async function visitsOf(app: TestApp, office: SignedIn, roundId: string): Promise<SeenVisit[]> {
  const { body } = await app.as(office).get(`/api/rounds/${roundId}/visits?limit=200`).expect(200)
  return body.items
}

/** What a phone sends: the same answer to every standard unless it says otherwise. */
export function anUpload(visitId: string | null, observations: readonly object[], more: object = {}) {
  return {
    ...{ operationId: newId(), visitId, observations },
    ...{ startedAt: '2026-03-03T09:00:00+08:00', endedAt: '2026-03-03T09:40:00+08:00' },
    ...more,
  }
}
