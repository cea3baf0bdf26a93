/** A city that was inspected, made through the public API: two districts, a drawn round that came home, its cases, and what was held. */
import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { Client } from '../../../scripts/day/client.ts'
import { type Account, activate, demoPassword, invite, signIn } from '../../../scripts/day/offices.ts'
import type { RunningService } from '../../../scripts/day/server.ts'
import { aClerk, type Clerk } from '../console.ts'
import { type Office, openOffice } from '../day.ts'
import { administratorOf } from './officers.ts'

export interface Inspected {
  service: RunningService
  /** Acts for the office that inspects. */
  clerk: Clerk
  /** Of the unit that answers in the first district, and of the one in the second. */
  liaison: Clerk
  other: Clerk
  roundId: string
  /** Issued to the first unit; waiting for a picture; with nobody to answer. */
  issued: string
  waiting: string
  nobodys: string
  heldId: string
  /** A point of the first district at which nothing was found. */
  quiet: string
  /** Moves the clock, and signs the office in again. */
  at(now: string): Promise<Client>
}

const account = ({ login, password }: Clerk): Account => ({ login, password, what: '' })
const picture = (colour: string) =>
  sharp({ create: { width: 640, height: 480, channels: 3, background: colour } })
    .jpeg()
    .toBuffer()

export async function anInspectedCity(service: RunningService): Promise<Inspected> {
  const office = await openOffice(service)
  const { client } = office
  const administrator = await administratorOf(service)
  const unit = (name: string, more: object = {}) =>
    client.post('/api/units', { name, kind: 'government', ...more })
  const root = await unit('市委市政府')
  const wmb = await unit('市文明办', { parentId: root.id })
  const sending = await unit('市委督查室', { parentId: root.id })
  const clerk = await aClerk(office, 'city_office')
  const inspector = await anInspector(office, sending.id)
  const actsFor = await signIn(new Client(service.url), administrator)
  const { userId } = await (await signIn(new Client(service.url), account(clerk))).get('/api/me')
  await actsFor.put(`/api/users/${userId}/unit`, { unitId: wmb.id }, '"v1"')

  const liaisons: Clerk[] = []
  const zones: string[] = []
  for (const [n, name] of (['平山区', '溪湖区'] as const).entries()) {
    const districtCode = `21050${n + 2}`
    const keeper = await unit(`${name}房产局`, { districtCode })
    const grant = { role: 'unit_administrator', unitId: keeper.id } as { role: string }
    liaisons.push(await invite(client, { login: `liaison${n}`, name: '王同志', what: '', ...grant }))
    const district = await client.post('/api/zones', { name, kind: 'district', code: districtCode })
    const compound = await client.post('/api/zones', {
      ...{ name: `${name}东明小区片`, kind: 'compound', parentId: district.id },
    })
    zones.push(compound.id)
    for (let at = 0; at < 3; at++)
      await client.post('/api/points', {
        ...{ code: `DM-${n}${at}`, name: `${name}东明${at + 1}号院`, pointClass: 'compound' },
        ...{ zoneId: compound.id, unitId: keeper.id },
      })
  }
  const nobodyThere = await client.post('/api/zones', { name: '滨河北路', kind: 'street' })
  const { schemeId, standards } = await aScheme(client, wmb.id)
  await onDutyNow(office, zones[0]!)

  const { roundId, visits } = await aRoundAtHome(client, { issuerUnitId: wmb.id, schemeId, inspector })
  const [first, second, quiet] = visits.filter(({ districtCode }) => districtCode === '210502')
  const third = visits.find(({ districtCode }) => districtCode === '210503')!
  const [clean, swept, level] = standards as [string, string, string]
  const met = (standardId: string) => ({ standardId, answer: 'met' })
  const bring = (visitId: string | null, observations: object[], more: object = {}) =>
    inspector.client.post('/api/visit-uploads', {
      ...{ operationId: randomUUID(), visitId, observations },
      ...{ startedAt: '2026-03-03T09:00:00+08:00', endedAt: '2026-03-03T09:40:00+08:00', ...more },
    })
  const send = async (operationId: string, id: string, colour: string) =>
    inspector.client
      .as(inspector.client.token)
      .must('PUT', `/api/visit-uploads/${operationId}/pictures/${id}`, {
        raw: multipart(await picture(colour)),
      })
  const [there, never, lost] = [randomUUID(), randomUUID(), randomUUID()]
  const heap = { standardId: clean, answer: 'not', note: '3单元一楼堆放旧家具' }
  const open = await bring(first!.id, [{ ...heap, pictureIds: [there, never] }, met(swept), met(level)])
  await send(open.operationId, there, '#7a4b2a')
  const due = await bring(second!.id, [
    met(clean),
    { standardId: swept, answer: 'not', note: '绿地内有烟头、纸屑' },
    met(level),
  ])
  await bring(third.id, [met(clean), met(swept), { standardId: level, answer: 'partly', note: '路面积水' }])
  const done = new Set([first!.id, second!.id, third.id])
  for (const { id } of visits.filter((visit) => !done.has(visit.id)))
    await bring(id, [met(clean), met(swept), met(level)])
  const patrol = await bring(null, [{ standardId: swept, answer: 'not' }], {
    patrol: { schemeId, zoneId: nobodyThere.id },
  })
  const held = await bring(randomUUID(), [
    { standardId: clean, answer: 'not', note: '楼道堆放纸箱', pictureIds: [lost] },
    { standardId: randomUUID(), answer: 'met' },
  ])
  await send(held.operationId, lost, '#39566b')
  const { items } = await client.get('/api/held-uploads')

  return {
    ...{ service, clerk, liaison: liaisons[0]!, other: liaisons[1]!, roundId },
    ...{ waiting: open.caseIds[0], issued: due.caseIds[0], nobodys: patrol.caseIds[0] },
    heldId: items[0].id,
    quiet: quiet!.point.name,
    async at(now) {
      const machine = await signIn(new Client(service.url), administrator)
      await machine.put('/api/clock', { now })
      return signIn(new Client(service.url), account(clerk))
    },
  }
}

async function anInspector({ client, service }: Office, unitId: string) {
  const user = await client.post('/api/users', {
    ...{ login: 'ducha', name: '欧阳督导', grants: [{ role: 'inspector' }] },
  })
  await client.put(`/api/users/${user.id}/unit`, { unitId }, '"v1"')
  const { link } = await client.post(`/api/users/${user.id}/activations`, { deliver: 'list' })
  await activate(client.as(undefined), link)
  const account = { login: 'ducha', password: demoPassword, what: '' }
  return { id: user.id as string, client: await signIn(new Client(service.url), account) }
}

async function aScheme(client: Client, issuerUnitId: string) {
  const { id: schemeId } = await client.post('/api/schemes', {
    ...{ name: '市容环境测评体系', issuerUnitId, indicators: [{ code: '1', name: '环境卫生' }] },
  })
  const standards: string[] = []
  const texts = ['楼道内无堆放杂物', '绿地内无垃圾', '路面无破损、无积水']
  for (const [n, text] of texts.entries()) {
    const { id } = await client.post(`/api/schemes/${schemeId}/standards`, {
      ...{ code: `HJ-0${n + 1}`, text, pointClass: 'common', indicator: '1', dueClass: 'hours:24' },
      ...(n === 0 ? {} : { photo: 'never' }),
    })
    standards.push(id)
  }
  await client.put(`/api/schemes/${schemeId}/publication`, {}, '"v1"')
  return { schemeId: schemeId as string, standards }
}

/** A round whose six points are all given to one inspector, and shown. */
async function aRoundAtHome(
  client: Client,
  {
    issuerUnitId,
    schemeId,
    inspector,
  }: { issuerUnitId: string; schemeId: string; inspector: { id: string } },
) {
  const { id: roundId } = await client.post('/api/rounds', {
    ...{ kind: 'monthly', title: '三月市容测评', schemeId, issuerUnitId, spec: { size: 6, reserve: 0 } },
    ...{ opensAt: '2026-03-02T08:00:00+08:00', endsAt: '2026-03-31T18:00:00+08:00' },
  })
  await client.put(`/api/rounds/${roundId}/draw`, {}, '"v1"')
  const { items } = await client.get(`/api/rounds/${roundId}/visits?limit=200`)
  const visits = items as { id: string; districtCode: string; point: { name: string } }[]
  const opensAt = '2026-03-03T08:00:00+08:00'
  await client.put(`/api/rounds/${roundId}/assignments`, {
    visits: visits.map(({ id }) => ({ visitId: id, inspectorUserId: inspector.id, opensAt })),
  })
  const { version } = await client.get(`/api/rounds/${roundId}`)
  await client.put(`/api/rounds/${roundId}/disclosure`, {}, `"v${version}"`)
  return { roundId: roundId as string, visits }
}

/** A shift that is on where the first district's cases are, with somebody in charge. */
async function onDutyNow({ client, eventId, teamId }: Office, zoneId: string): Promise<void> {
  const person = await client.post('/api/persons', {
    name: '赵现场',
    contacts: [{ kind: 'phone', value: '15400009999', relation: 'own' }],
    memberships: [{ teamId }],
  })
  await client.post(`/api/events/${eventId}/shifts`, {
    ...{ zoneId, work: '清理卫生死角', min: 1, target: 2, max: 5, inChargePersonId: person.id },
    ...{ startsAt: '2026-03-04T11:45:00+08:00', endsAt: '2026-03-04T16:00:00+08:00' },
  })
  await client.put(`/api/events/${eventId}/publication`, {})
}

function multipart(bytes: Buffer): { type: string; bytes: Buffer } {
  const boundary = `muster-${randomUUID()}`
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="seen.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  }
}
