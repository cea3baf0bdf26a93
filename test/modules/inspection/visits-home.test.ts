import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { users } from '#modules/accounts/schema.ts'
import { newId } from '#platform/ids.ts'
import type { SignedIn } from '#test/support/app.ts'
import { actFor, aDrawnRound, anUpload, aPoint, visitsOf } from '#test/support/factories/inspection.ts'
import { aPerson, aUnit } from '#test/support/factories/organisation.ts'
import {
  addPicture,
  app,
  aRoundGround,
  bring,
  city,
  compounds,
  keeper,
  liaison,
  met,
  picture,
  put,
  scheme,
  sendTo,
} from './round-ground.ts'

aRoundGround()

test('a case whose pictures never come is issued after 24 hours, and says so', async () => {
  const patrol = { schemeId: scheme.id, zoneId: compounds }
  const missing = [{ ...met('JT-01', { answer: 'not' }), pictureIds: [newId()] }]
  const { body } = await bring(anUpload(null, missing, { patrol })).expect(201)
  const read = async () => (await app.as(city.office).get(`/api/cases/${body.caseIds[0]}`).expect(200)).body
  await app.advance({ hours: 23 })
  expect(await read()).toMatchObject({ taskId: null, issuedWithoutPicturesAt: null })
  await app.advance({ hours: 2 })
  expect(await read()).toMatchObject({ taskState: 'issued', issuedWithoutPicturesAt: expect.any(String) })
})

test('what does not fit is answered entry by entry and nothing that was seen is lost', async () => {
  const { office, inspector } = city
  const round = await aDrawnRound(app, city, {
    schemeId: scheme.id,
    spec: { size: 3, reserve: 0, districtCodes: ['210503'], pointClasses: ['compound'] },
  })
  const [first, second, third] = await sendTo(round.id)
  await app.advance({ days: 1 })
  const [a, b] = [newId(), newId()]
  const upload = anUpload(first!.id, [
    met('SC-01', { pictureIds: [a] }),
    { standardId: scheme.standards['JT-02'], count: -1 },
    { standardId: scheme.standards['JT-02'] },
    met('JT-01', { pictureIds: [b, b] }),
    met('JT-01'),
    met('GG-01', { answer: 'not_applicable', note: '无' }),
    met('JT-03', { answer: 'not_applicable' }),
    { standardId: newId(), answer: 'met' },
    met('GG-01', { count: 3 }),
    met('GG-01'),
  ])
  const { body: receipt } = await bring(upload).expect(201)
  expect(receipt.remarks.map(({ entry, code, kept }: never) => [entry, code, kept])).toEqual([
    [0, 'observation.other_class', false],
    [1, 'observation.count_below_zero', false],
    [2, 'observation.count_missing', false],
    [3, 'observation.picture_twice', true],
    [4, 'observation.twice', false],
    [5, 'observation.must_apply', false],
    [6, 'observation.reason_missing', false],
    [7, 'observation.standard_unknown', false],
    [8, 'observation.answer_unfit', false],
  ])
  expect(
    receipt.entries.filter(({ observationId }: { observationId: string | null }) => observationId),
  ).toHaveLength(2)
  await addPicture(upload.operationId, a, await picture('black')).expect(200)
  const { body: held } = await app.as(office).get('/api/held-uploads').expect(200)
  const mine = held.items.find(
    ({ operationId }: { operationId: string }) => operationId === upload.operationId,
  )
  const { body: kept } = await app.as(office).get(`/api/held-uploads/${mine.id}`).expect(200)
  expect(kept.sent.observations).toEqual(upload.observations)

  // A visit as a whole: not drawn, somebody else's, before its opening, brought home before, by somebody of that line.
  const whole = async (more: object, who = inspector) => {
    const answer = await bring(anUpload(second!.id, [met('GG-01')], more), who).expect(201)
    expect(answer.body.held).toBe(true)
    return answer.body.remarks[0].code
  }
  expect(await whole({ visitId: newId() })).toBe('visit.not_drawn')
  expect(await whole({ startedAt: '2026-03-03T07:00:00+08:00' })).toBe('visit.not_open')
  // A phone whose clock is an hour ahead was early, too.
  expect(await whole({ startedAt: '2026-03-03T08:30:00+08:00', clockOffsetSeconds: 3600 })).toBe(
    'visit.not_open',
  )
  expect(await whole({ visitId: first!.id })).toBe('visit.received')
  expect(await whole({ visitId: null })).toBe('visit.unnamed')
  const colleague = await app.signIn({ role: 'inspector' })
  // The round is not shown yet: whether there is such a visit is not said.
  expect(await whole({}, colleague)).toBe('visit.not_drawn')
  const patrol = { schemeId: scheme.id, zoneId: compounds }
  expect(await whole({ visitId: null, patrol }, colleague)).toBe('inspector.unit_needed')
  await actFor(app, colleague, keeper.id)
  expect(await whole({ visitId: null, patrol }, colleague)).toBe('inspector.own_district')

  // A visit that is held as a whole keeps all its pictures, however many there are, so that the phone may let go of them.
  const many = Array.from({ length: 31 }, () => newId())
  const crowded = anUpload(newId(), [
    met('GG-01', { pictureIds: many.slice(0, 16) }),
    met('JT-01', { pictureIds: many.slice(16) }),
  ])
  await bring(crowded).expect(201)
  for (const id of many) await addPicture(crowded.operationId, id, await picture('grey')).expect(200)
  const read = `/api/visit-uploads/${crowded.operationId}/receipt`
  expect((await app.as(inspector).get(read).expect(200)).body).toMatchObject({ held: true, complete: true })

  // What arrives after the closure raises cases, and has no score.
  await put(office, `/api/rounds/${round.id}/closure`, 2).expect(200)
  const late = await bring(anUpload(third!.id, [met('GG-01', { answer: 'not' })])).expect(201)
  expect(late.body.caseIds).toHaveLength(1)
  const after = (await visitsOf(app, office, round.id)).find(({ id }) => id === third!.id)!
  expect(after).toMatchObject({ afterClosure: true, balanced: null, pooled: null })
  // Nobody answers there: the case waits, and an office says who.
  const { body: waiting } = await app.as(office).get(`/api/cases/${late.body.caseIds[0]}`).expect(200)
  expect(waiting).toMatchObject({ unit: null, heldBecause: 'case.nobody_answers', taskId: null })
  const other = await aUnit(app.db, { name: '溪湖区城管局', districtCode: '210503' })
  const named = await put(office, `/api/cases/${waiting.id}/unit`, waiting.version, {
    unitId: other.id,
  }).expect(200)
  expect(named.body).toMatchObject({ unit: { id: other.id }, answeringStep: 'named', taskState: 'issued' })

  // On patrol: its own book, its own numbers.
  const street = await bring(anUpload(null, [met('JT-01', { answer: 'partly' })], { patrol })).expect(201)
  const { body: found } = await app.as(office).get(`/api/cases/${street.body.caseIds[0]}`).expect(200)
  expect(found).toMatchObject({ number: 'P2026-03-002', source: 'patrol', unit: { id: keeper.id } })
  // No picture came, and none was taken: it is out at once, and says so.
  expect(found.issuedWithoutPicturesAt).not.toBeNull()
})

test('a fifth of what was closed is looked at again after 30 days, by a third person', async () => {
  const { office, inspector, root } = city
  const point = await aPoint(app, office, { zoneId: compounds, name: '东明小区' })
  const patrol = { schemeId: scheme.id, zoneId: compounds, pointId: point.id }
  const { body } = await bring(anUpload(null, [met('GG-01', { answer: 'not' })], { patrol })).expect(201)
  const [caseId] = body.caseIds
  const read = async () => (await app.as(office).get(`/api/cases/${caseId}`).expect(200)).body
  const { taskId, number } = await read()
  // The inspectors of patrols belong to the unit that issues their book: it signs off.
  const signing = await app.signIn({ role: 'city_office' })
  await actFor(app, signing, root.id, 'system_administrator')
  const move = (who: SignedIn, kind: string) =>
    app.as(who).post(`/api/tasks/${taskId}/moves`).send({ id: newId(), kind })
  await move(liaison, 'report').expect(201)
  await move(signing, 'pass').expect(201)
  const { body: task } = await app.as(office).get(`/api/tasks/${taskId}`).expect(200)

  await app.advance({ days: 40 })
  const asked = {
    ...{ kind: 'recheck', schemeId: scheme.id, issuerUnitId: task.issuer.id, spec: { size: 1 } },
    ...{ opensAt: '2026-04-11T08:00:00+08:00', endsAt: '2026-04-30T18:00:00+08:00' },
  }
  const round = await aDrawnRound(app, city, asked)
  const [visit] = await visitsOf(app, office, round.id)
  expect(visit).toMatchObject({ role: 'recheck', point: { code: point.code } })
  const assign = (userId: string) =>
    app
      .as(office)
      .put(`/api/rounds/${round.id}/assignments`)
      .send({ visits: [{ visitId: visit!.id, inspectorUserId: userId, opensAt: asked.opensAt }] })
  expect((await assign(inspector.userId).expect(403)).body.code).toBe('inspector.not_third')
  // The same human by another account is no third person.
  const other = await app.signIn({ role: 'inspector' })
  await actFor(app, other, root.id)
  const records: string[] = []
  for (const { userId } of [inspector, other]) {
    const { id: personId } = await aPerson(app, { name: '孙督查' })
    await app.db.transaction((tx) => tx.update(users).set({ personId }).where(eq(users.id, userId)))
    records.push(personId)
  }
  await app.as(office).put(`/api/persons/${records[0]}/other-records/${records[1]}`).expect(200)
  expect((await assign(other.userId).expect(403)).body.code).toBe('inspector.not_third')
  const third = await app.signIn({ role: 'inspector' })
  await actFor(app, third, root.id)
  await assign(third.userId).expect(200)
  const seen = { startedAt: '2026-04-11T09:00:00+08:00', endedAt: '2026-04-11T09:10:00+08:00' }
  await bring(anUpload(visit!.id, [met('GG-01')], seen), third).expect(201)
  expect(await read()).toMatchObject({ recheckOutcome: 'held', taskState: 'closed', recurrences: 0 })
  await put(office, `/api/rounds/${round.id}/closure`, 2).expect(200)
  const { body: proof } = await app.as(liaison).get(`/api/rounds/${round.id}/proof`).expect(200)
  expect([proof.frame, proof.drawn]).toEqual([[number], [{ code: number, reserve: false }]])
})
