/** A round from its scheme to the cases that it raises, through the front door. */
import { createHash, createHmac } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { roleGrants } from '#modules/accounts/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import { newId } from '#platform/ids.ts'
import type { SignedIn } from '#test/support/app.ts'
import { actFor, aDrawnRound, anUpload, visitsOf } from '#test/support/factories/inspection.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import {
  addPicture,
  app,
  aRoundGround,
  bring,
  city,
  keeper,
  liaison,
  met,
  picture,
  put,
  scheme,
  sendTo,
} from './round-ground.ts'

aRoundGround()

test('a published scheme never changes; its next edition is a copy with who answers', async () => {
  const { office } = city
  const patch = await app
    .as(office)
    .patch(`/api/schemes/${scheme.id}`)
    .set('if-match', '"v2"')
    .send({ scale: 10 })
    .expect(409)
  expect(patch.body.code).toBe('scheme.published')
  const standard = `/api/standards/${scheme.standards['JT-01']}`
  expect((await app.as(office).delete(standard).set('if-match', '"v1"').expect(409)).body.code).toBe(
    'scheme.published',
  )
  const { body: copy } = await app.as(office).post(`/api/schemes/${scheme.id}/editions`).expect(201)
  expect(copy).toMatchObject({ edition: 2, seriesId: scheme.id, state: 'draft', standards: 5 })
  expect((await app.as(office).post(`/api/schemes/${scheme.id}/editions`).expect(409)).body.code).toBe(
    'scheme.edition_open',
  )
  const { body: list } = await app.as(office).get(`/api/schemes/${copy.id}/standards`).expect(200)
  expect(list.items.map(({ code, units }: never) => [code, (units as object[]).length])).toEqual([
    ['JT-01', 0],
    ['JT-02', 1],
    ['JT-03', 0],
    ['GG-01', 0],
    ['SC-01', 0],
  ])
  const { body: unled } = await app.as(office).get(`/api/schemes/${copy.id}/standards?lead=none`).expect(200)
  expect(unled.items).toHaveLength(4)
  // A draft is nobody else's.
  await app.as(liaison).get(`/api/schemes/${copy.id}`).expect(404)
  const add = (body: object) =>
    app
      .as(office)
      .post(`/api/schemes/${copy.id}/standards`)
      .send({ pointClass: 'park', text: '绿地整洁', ...body })
  expect((await add({ code: 'JT-01' }).expect(409)).body.code).toBe('standard.code_taken')
  expect((await add({ code: 'X', indicator: 'NONE' }).expect(422)).body.code).toBe(
    'standard.indicator_unknown',
  )
  expect((await add({ code: 'X', answer: 'count' }).expect(422)).body.code).toBe('standard.thresholds_unfit')
  await add({ code: 'X', weight: 0 }).expect(400)
})

test('what cannot be drawn is refused by name; a round is drawn once, and anybody draws it again', async () => {
  const { office, wmb } = city
  const stated = {
    ...{ kind: 'monthly', title: '3月测评', schemeId: scheme.id, issuerUnitId: wmb.id },
    ...{ opensAt: '2026-03-02T08:00:00+08:00', endsAt: '2026-03-31T18:00:00+08:00' },
  }
  const begin = async (spec: object) =>
    (
      await app
        .as(office)
        .post('/api/rounds')
        .send({ ...stated, spec })
        .expect(201)
    ).body
  const refused = async (spec: object) => {
    const round = await begin(spec)
    return (await put(office, `/api/rounds/${round.id}/draw`, 1)).body.code
  }
  expect(await refused({ size: 1 })).toBe('round.too_few')
  expect(await refused({ size: 9, districtCodes: ['210504'] })).toBe('round.empty_frame')
  expect(await refused({ size: 9, districtCodes: ['210502', '210503'], pointClasses: ['park'] })).toBe(
    'round.empty_frame',
  )
  expect(
    await refused({ size: 9, districtCodes: ['210502', '210503'], pointClasses: ['park', 'compound'] }),
  ).toBe('round.empty_stratum')
  const { body: draft } = await app
    .as(office)
    .post('/api/schemes')
    .send({ name: '草稿', issuerUnitId: wmb.id })
    .expect(201)
  const unpublished = await app
    .as(office)
    .post('/api/rounds')
    .send({ ...stated, schemeId: draft.id, spec: { size: 3 } })
    .expect(409)
  expect(unpublished.body.code).toBe('scheme.not_published')

  const round = await begin({ size: 8, reserve: 1 })
  const drawn = (await put(office, `/api/rounds/${round.id}/draw`, 1).expect(200)).body
  expect(drawn).toMatchObject({ state: 'drawn', progress: { visits: 8, received: 0 } })
  expect(drawn.strata).toEqual([
    { districtCode: '210502', pointClass: 'compound', points: 6, drawn: 3, certain: 0 },
    { districtCode: '210502', pointClass: 'market', points: 2, drawn: 1, certain: 0 },
    { districtCode: '210503', pointClass: 'compound', points: 6, drawn: 3, certain: 0 },
    { districtCode: '210503', pointClass: 'market', points: 2, drawn: 1, certain: 0 },
  ])
  expect((await put(office, `/api/rounds/${round.id}/draw`, 2).expect(409)).body.code).toBe('round.drawn')
  const proof = `/api/rounds/${round.id}/proof`
  expect((await app.as(office).get(proof).expect(409)).body.code).toBe('round.not_closed')
  await app.as(liaison).get(proof).expect(404)
  await put(office, `/api/rounds/${round.id}/closure`, 2).expect(200)

  // Whoever reads it draws again with nothing but SHA-256 and HMAC.
  const { body } = await app.as(liaison).get(proof).expect(200)
  const seed = Buffer.from(body.seed, 'hex')
  const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest('hex')
  expect(sha(seed)).toBe(round.seedCommitment)
  expect(sha(Buffer.from(body.frame.map((line: string) => `${line}\n`).join('')))).toBe(drawn.frameDigest)
  expect(sha(seed, Buffer.from(drawn.frameDigest, 'hex'))).toBe(drawn.drawDigest)
  const order = (code: string) => createHmac('sha256', seed).update(`${body.label}|${code}`).digest('hex')
  const again = drawn.strata.flatMap(({ districtCode, pointClass, drawn: visits }: never) =>
    (body.frame as string[])
      .map((line) => line.split('|'))
      .filter(([, district, kind]) => district === districtCode && kind === pointClass)
      .map(([code]) => code as string)
      .sort((a, b) => (order(a) < order(b) ? -1 : 1))
      .slice(0, (visits as number) + 1)
      .map((code, n) => ({ code, reserve: n === visits })),
  )
  expect(body.drawn).toEqual(again)
})

test('the office of a district draws points of its own district alone', async () => {
  const own = await aUnit(app.db, { name: '平山区文明办', districtCode: '210502' })
  const district = await app.signIn({ role: 'district_office', districtCode: '210502' })
  const begin = (spec: object) =>
    app
      .as(district)
      .post('/api/rounds')
      .send({
        ...{ kind: 'special', title: '区级自查', schemeId: scheme.id, issuerUnitId: own.id, spec },
        ...{ opensAt: '2026-03-02T08:00:00+08:00', endsAt: '2026-03-31T18:00:00+08:00' },
      })
  for (const districtCodes of [['210503'], ['210502', '210503'], ['210500']])
    expect((await begin({ size: 4, districtCodes }).expect(403)).body.code).toBe('access.out_of_reach')
  const { body: round } = await begin({ size: 4 }).expect(201)
  expect(round.spec.districtCodes).toEqual(['210502'])
  const change = (districtCodes: string[]) =>
    app
      .as(district)
      .patch(`/api/rounds/${round.id}`)
      .set('if-match', '"v1"')
      .send({ spec: { size: 4, districtCodes } })
  expect((await change(['210503']).expect(403)).body.code).toBe('access.out_of_reach')
  expect((await change([]).expect(200)).body.spec.districtCodes).toEqual(['210502'])
})

test('nobody inspects their own district, line or where they hold a role; until a round is shown nobody else learns of it', async () => {
  const { office, inspector, wmb, bureau } = city
  const round = await aDrawnRound(app, city, { schemeId: scheme.id, spec: { size: 4, reserve: 0 } })
  await app.as(liaison).get(`/api/rounds/${round.id}`).expect(404)
  expect((await app.as(liaison).get('/api/rounds').expect(200)).body.items).not.toContainEqual(
    expect.objectContaining({ id: round.id }),
  )
  const visits = await visitsOf(app, office, round.id)
  const visit = visits.find(
    ({ districtCode, pointClass }) => `${districtCode} ${pointClass}` === '210502 compound',
  )!
  const assign = (userId: string, opensAt = '2026-03-03T08:00:00+08:00') =>
    app
      .as(office)
      .put(`/api/rounds/${round.id}/assignments`)
      .send({ visits: [{ visitId: visit.id, inspectorUserId: userId, opensAt }] })
  const refusal = async (user: SignedIn) => (await assign(user.userId).expect(403)).body.code
  expect(await refusal(liaison)).toBe('inspector.not_one')
  const unnamed = await app.signIn({ role: 'inspector' })
  expect(await refusal(unnamed)).toBe('inspector.unit_needed')
  await actFor(app, unnamed, keeper.id)
  expect(await refusal(unnamed)).toBe('inspector.own_district')
  const ofBureau = await app.signIn({ role: 'inspector' })
  await actFor(app, ofBureau, bureau.id)
  expect(await refusal(ofBureau)).toBe('inspector.own_line')
  const both = await app.signIn({ role: 'inspector' }, { role: 'district_office', districtCode: '210502' })
  await actFor(app, both, wmb.id)
  expect(await refusal(both)).toBe('inspector.own_role')
  // A role that they held bars nobody.
  await app.db.transaction((tx) =>
    tx
      .update(roleGrants)
      .set({ revokedAt: app.clock.now() })
      .where(and(eq(roleGrants.userId, both.userId), eq(roleGrants.role, 'district_office'))),
  )
  await assign(both.userId).expect(200)
  // A role over a unit that was closed is suspended.
  const gone = await aUnit(app.db, { districtCode: null })
  const suspended = await app.signIn({ role: 'inspector', unitId: gone.id })
  await actFor(app, suspended, wmb.id)
  await app.db.transaction((tx) =>
    tx.update(units).set({ closedAt: app.clock.now() }).where(eq(units.id, gone.id)),
  )
  expect(await refusal(suspended)).toBe('inspector.not_one')
  await assign(inspector.userId).expect(200)
  // Before it opens, the inspector knows nothing of it.
  expect((await app.as(inspector).get('/api/my/visits').expect(200)).body.visits).toEqual([])
  await app.as(inspector).get(`/api/visits/${visit.id}`).expect(404)
  const looked = await app.as('auditor').get('/api/audit?limit=200').expect(200)
  expect(looked.body.items.map(({ action }: { action: string }) => action)).toContain('round.sample_seen')
})

test('a day in the street: packet, upload, pictures one by one, receipt, and a case for whoever answers', async () => {
  const { office, inspector, branch } = city
  const round = await aDrawnRound(app, city, {
    schemeId: scheme.id,
    spec: { size: 2, reserve: 0, districtCodes: ['210502'], pointClasses: ['compound'] },
  })
  const [first, second] = await sendTo(round.id)
  await app.advance({ days: 1 })
  const { body: packet } = await app.as(inspector).get('/api/my/visits').expect(200)
  const mine = packet.visits.filter(({ id }: { id: string }) => [first!.id, second!.id].includes(id))
  expect(mine).toHaveLength(2)
  expect(mine[0].roundLabel).toBe(round.label)
  const codes = new Map(packet.standards.map(({ id, code }: never) => [id, code]))
  expect(mine[0].standardIds.map((id: string) => codes.get(id))).toEqual(['JT-01', 'JT-02', 'JT-03', 'GG-01'])

  // Two pictures of what fails; everything else is met, or does not apply.
  const [one, two] = [newId(), newId()]
  const upload = anUpload(first!.id, [
    { ...met('JT-01', { answer: 'not', note: '3单元一楼堆放旧家具' }), pictureIds: [one, two] },
    { standardId: scheme.standards['JT-02'], count: 2, note: '小广告2处' },
    met('JT-03', { answer: 'not_applicable', note: '无绿地' }),
    met('GG-01'),
  ])
  const { body: receipt } = await bring(upload).expect(201)
  expect(receipt).toMatchObject({ held: false, complete: false, remarks: [] })
  expect(receipt.pictures).toEqual([
    { id: one, entry: 0, arrived: false },
    { id: two, entry: 0, arrived: false },
  ])
  expect(receipt.caseIds).toHaveLength(2)
  // Sent again, nothing happens twice; something else under its id is refused.
  expect((await bring(upload).expect(201)).body).toEqual(receipt)
  const other = await bring({ ...upload, observations: [] }).expect(409)
  expect(other.body.code).toBe('upload.operation_taken')

  const visit = (await visitsOf(app, office, round.id)).find(({ id }) => id === first!.id)!
  // Weights 2, 1, 1: (0·2 + 0.5 + 1) / 4; what does not apply leaves both.
  expect(visit).toMatchObject({
    state: 'received',
    balanced: { earned: 1.5, possible: 4, percent: 37.5 },
    pooled: { earned: 1.5, possible: 4, percent: 37.5 },
    unseen: 0,
  })

  // The count needs no picture and is out at once, at the branch of the bureau; the other waits for its pictures.
  const casesNow = async () =>
    (await app.as(office).get(`/api/cases?roundId=${round.id}`).expect(200)).body.items as {
      id: string
      number: string
      taskId: string | null
      unit: { id: string }
      answeringStep: string
      standard: { code: string }
    }[]
  const raised = await casesNow()
  expect(
    raised.map(({ number, standard, unit, answeringStep }) => [
      number,
      standard.code,
      unit.id,
      answeringStep,
    ]),
  ).toEqual([
    [`${round.label}-001`, 'JT-01', keeper.id, 'zone_unit'],
    [`${round.label}-002`, 'JT-02', branch.id, 'city_lead_branch'],
  ])
  expect(raised.map(({ taskId }) => taskId !== null)).toEqual([false, true])
  await app.as(liaison).get(`/api/cases/${raised[0]!.id}`).expect(404)
  await addPicture(upload.operationId, one, await picture('red')).expect(200)
  await addPicture(upload.operationId, one, await picture('red')).expect(200)
  expect((await casesNow())[0]!.taskId).toBeNull()
  // A picture that no entry named is kept, too.
  const stray = newId()
  await addPicture(upload.operationId, stray, await picture('green')).expect(200)
  await addPicture(upload.operationId, two, await picture('blue')).expect(200)
  const { body: full } = await app
    .as(inspector)
    .get(`/api/visit-uploads/${upload.operationId}/receipt`)
    .expect(200)
  expect(full.complete).toBe(true)
  expect(full.pictures).toContainEqual({ id: stray, entry: null, arrived: true })
  // Another inspector reads nothing of it, and adds nothing to it.
  const colleague = await app.signIn({ role: 'inspector' })
  await app.as(inspector).get(`/api/pictures/${stray}`).expect(200)
  await app.as(colleague).get(`/api/pictures/${stray}`).expect(404)
  await app.as(colleague).get(`/api/visit-uploads/${upload.operationId}/receipt`).expect(404)
  const foreign = await addPicture(upload.operationId, newId(), await picture('grey'), colleague)
  expect([foreign.status, foreign.body.code]).toEqual([404, 'upload.missing'])

  // The unit sees the case and its pictures, puts it right, and another unit signs it off.
  const { body: seen } = await app.as(liaison).get(`/api/cases/${raised[0]!.id}`).expect(200)
  expect(seen).toMatchObject({ taskState: 'issued', overdue: false, issuedWithoutPicturesAt: null })
  expect(seen.notes).toEqual(['3单元一楼堆放旧家具'])
  expect(seen.before).toHaveLength(2)
  await app.as(liaison).get(seen.before[0].url).expect(200)
  const stranger = await app.signIn({ role: 'unit_administrator', unitId: branch.id })
  await app.as(stranger).get(seen.before[0].url).expect(404)
  const task = (await app.as(liaison).get(`/api/tasks/${seen.taskId}`).expect(200)).body
  expect(task).toMatchObject({
    text: `${round.label}-001 ${seen.point.name}：3单元一楼堆放旧家具`,
    dueClass: 'workdays:3',
    book: { kind: 'rectification', title: '3月测评整改清单' },
  })
  const move = (who: SignedIn, kind: string, reason?: string) =>
    app.as(who).post(`/api/tasks/${seen.taskId}/moves`).send({ id: newId(), kind, reason })
  await move(liaison, 'report').expect(201)
  await move(office, 'pass').expect(201)

  // Found again within 180 days at the same point: the old case, one severity up.
  await app.advance({ days: 20 })
  const again = await aDrawnRound(app, city, {
    schemeId: scheme.id,
    spec: { size: 6, reserve: 0, districtCodes: ['210502'], pointClasses: ['compound'] },
  })
  const target = (await sendTo(again.id)).find(({ point }) => point.code === first!.point.code)!
  await app.advance({ days: 1 })
  const failed = anUpload(target.id, [met('JT-01', { answer: 'not' }), met('GG-01')], {
    startedAt: '2026-03-24T09:00:00+08:00',
    endedAt: '2026-03-24T09:30:00+08:00',
  })
  const { body: third } = await bring(failed).expect(201)
  expect(third.caseIds).toEqual([raised[0]!.id])
  expect(third.remarks).toMatchObject([{ entry: 0, code: 'observation.picture_needed', kept: true }])
  const { body: reopened } = await app.as(liaison).get(`/api/cases/${raised[0]!.id}`).expect(200)
  expect(reopened).toMatchObject({ severity: 'serious', recurrences: 1, taskState: 'issued' })
  // Two of four standards were not seen: somebody goes again.
  const repeated = (await visitsOf(app, office, again.id)).filter(
    ({ point }) => point.code === first!.point.code,
  )
  expect(repeated.map(({ attempt, state, unseen }) => [attempt, state, unseen])).toEqual([
    [1, 'received', 2],
    [2, 'unassigned', null],
  ])
})
