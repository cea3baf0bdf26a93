import { afterAll, beforeAll, expect, test } from 'vitest'
import { consentsFor } from '#modules/organisation/index.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aPlace, aShift, publish } from '#test/support/factories/events.ts'
import { anAssignment, aSchool } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone } from '#test/support/factories/organisation.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(async () => app[Symbol.asyncDispose]())

const office = () => app.as('city_office')

/** A class on a published shift: its teacher, and children whose guardian has one number, with their links by name. */
async function aFamily(...names: string[]) {
  const { id: eventId } = await anEvent(app)
  const zoneId = (await aPlace(app.db, { name: '永丰社区' })).id
  const shift = await aShift(app, { eventId, zoneId, work: '捡拾垃圾', minorsAllowed: true })
  const { classId, teachers } = await aSchool(app, { pupils: 0 })
  await anAssignment(app, { shiftId: shift.id, personId: teachers[0]!.id })
  const phone = aPhone()
  const contacts = [
    { kind: 'phone' as const, value: phone, relation: 'guardian' as const, ownerName: '张建国' },
  ]
  const children = new Map<string, string>()
  for (const name of names) {
    const memberships = [{ teamId: classId, role: 'pupil' as const }]
    const { id } = await aPerson(app, { name, birthDate: '2015-05-01', contacts, memberships })
    children.set(name, id)
    await anAssignment(app, { shiftId: shift.id, personId: id })
  }
  await publish(app, eventId)
  const [{ text }] = app.outbox().filter(({ to, kind }) => to === phone && kind === 'guardian_invitation')
  const tokens = [...text.matchAll(/\/c\/([0-9A-Z]{12})/g)].map(([, token]) => token as string)
  return { eventId, shift, phone, children, tokens }
}

const page = (token: string) => app.request.get(`/c/${token}`).set('accept', 'text/html')

/** Sends the form that leads there, as a browser without scripts does. */
async function press(html: string, action: string, choice = '') {
  const form = (html.match(/<form .*?<\/form>/gs) ?? []).find(
    (each) => each.includes(`${action}?`) && each.includes(choice),
  ) as string
  const fields = [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
    ([, name, value]) => [name, value],
  )
  const target = /action="([^"]*)"/.exec(form)?.[1] as string
  return app.request.post(target).type('form').set('accept', 'text/html').send(Object.fromEntries(fields))
}

const said = async (personId: string) =>
  (await office().get(`/api/persons/${personId}/guardian-consents`)).body.items.map(
    // biome-ignore lint/suspicious/noExplicitAny: a view of the API
    ({ says, guardianName, via, eventId }: any) => ({ says, guardianName, via, eventId }),
  )

test('a pupil’s page is written for the parent: consent by link is stored as the parent’s, and a refusal frees the place', async () => {
  const { eventId, shift, children, tokens } = await aFamily('张小语')
  const [token] = tokens as [string]
  const first = (await page(token).expect(200)).text
  expect(first).toContain('张*语</span>家长您好！以下是孩子的活动安排，请家长确认。')
  expect(first).toContain('不是这位学生的家长？')
  expect(first).not.toContain('我到了，签到')
  const child = children.get('张小语') as string
  await press(first, '/answer', 'value="accepted"')
  expect(await said(child)).toEqual([{ says: 'yes', guardianName: '张*国', via: 'link', eventId }])
  const taken = async () => (await office().get(`/api/shifts/${shift.id}`)).body.taken
  expect(await taken()).toBe(2)
  const after = (await page(token).expect(200)).text
  await press(after, '/answer', 'value="declined"')
  await app.settled()
  expect((await said(child)).map(({ says }: { says: string }) => says)).toEqual(['yes', 'no'])
  expect(await taken()).toBe(1)
  const again = await office().put(`/api/shifts/${shift.id}/assignments/${child}`).send({})
  expect([again.status, again.body.code]).toEqual([409, 'assignment.declined'])
})

test('a relative who forwards the link gives no consent', async () => {
  const { children, tokens } = await aFamily('李小华')
  const reply = await app.request
    .put(`/api/c/${tokens[0]}/answer`)
    .send({ answer: 'accepted', as: 'relative' })
  expect([reply.status, reply.body.code]).toEqual([403, 'consent.not_guardian'])
  expect(await said(children.get('李小华') as string)).toEqual([])
})

test('several children with one phone number are on one page, each answered separately', async () => {
  const { children, tokens } = await aFamily('王小一', '王小二')
  const html = (await page(tokens[0] as string).expect(200)).text
  expect([html.includes('王*一'), html.includes('王*二')]).toEqual([true, true])
  await press(html, `/c/${tokens[1]}/answer`, 'value="declined"')
  const names = await Promise.all(
    tokens.map(async (token) => (await app.request.get(`/api/c/${token}`)).body.answer),
  )
  expect(names).toEqual(['unanswered', 'declined'])
  const kept = await Promise.all([...children.values()].map(said))
  expect(kept.flat()).toHaveLength(1)
})

test('a number that another school adds to a child opens nothing of the children of that number', async () => {
  const theirs = await aFamily('陈小一', '陈小二')
  const here = await aSchool(app, { pupils: 0 })
  const phone = aPhone()
  const contacts = [{ kind: 'phone' as const, value: phone, relation: 'guardian' as const }]
  const memberships = [{ teamId: here.classId, role: 'pupil' as const }]
  const { id } = await aPerson(app, { name: '林小四', birthDate: '2015-05-01', contacts, memberships })
  await anAssignment(app, { shiftId: theirs.shift.id, personId: here.teachers[0]!.id })
  await anAssignment(app, { shiftId: theirs.shift.id, personId: id })
  await app.settled()
  const [{ text }] = app.outbox().filter(({ to }) => to === phone)
  const link = /\/c\/([0-9A-Z]{12})/.exec(text)?.[1] as string
  const liaison = app.as(await app.signIn({ role: 'unit_administrator', unitId: here.unitId }))
  const add = { kind: 'phone', value: theirs.phone, relation: 'guardian', ownerName: '陈建国' }
  const { body } = await liaison.post(`/api/persons/${id}/contacts`).send(add).expect(201)
  const shown = async () => {
    const html = (await page(link).expect(200)).text
    return theirs.tokens.filter((token) => html.includes(token))
  }
  expect(await shown()).toEqual([])
  // Not even where messages about the child go to that number from now on, while the link is the same.
  await liaison.patch(`/api/contacts/${body.contacts[0].id}`).send({ optedOut: true }).expect(204)
  expect(await shown()).toEqual([])
})

test('“not a parent of this pupil” revokes only the link of that child', async () => {
  const { tokens, phone, children } = await aFamily('赵小明', '赵小亮')
  const html = (await page(tokens[0] as string).expect(200)).text
  await press(html, `/c/${tokens[0]}/not-me`)
  await page(tokens[0] as string).expect(410)
  await page(tokens[1] as string).expect(200)
  const seen = await Promise.all(
    [...children.values()].map(
      async (id) => (await office().get(`/api/persons/${id}`)).body.contacts[0].invalidAt,
    ),
  )
  expect(seen.filter((invalidAt) => invalidAt === null).length).toBeGreaterThanOrEqual(1)
  expect(app.outbox().filter(({ to }) => to === phone)).toHaveLength(1)
})

test('a cancelled assignment stays on the page, crossed out, with its reason', async () => {
  const { shift, tokens } = await aFamily('孙小雨')
  await office().put(`/api/shifts/${shift.id}/cancellation`).send({ reason: '施工封路' }).expect(200)
  await app.settled()
  const html = (await page(tokens[0] as string).expect(200)).text
  expect(html).toContain('<section class="card off"')
  expect(html).toContain('已取消（原因：施工封路），请不要前往。')
  expect(html).not.toContain('name="answer"')
})

test('children of one number whose masked names are equal are told apart, by class or letter, in messages and on the page', async () => {
  const { phone, tokens } = await aFamily('甲一', '甲二', '乙三')
  const [{ text }] = app.outbox().filter(({ to, kind }) => to === phone && kind === 'guardian_invitation')
  const called = [...text.matchAll(/(甲|乙)\*[^家]*(?=家长)/g)].map(([name]) => name)
  expect(called).toEqual(['甲*A', '甲*B', '乙*'])
  const shown = (await page(tokens[0] as string)).text
  expect(['甲*A', '甲*B', '乙*'].map((name) => shown.includes(`>${name}<`))).toEqual([true, true, true])

  // Where the classes differ they say who is meant, also where only one child of the number is told.
  const { id: other } = await anEvent(app)
  const shift = await aShift(app, { eventId: other, minorsAllowed: true })
  const [mine, another] = [await aSchool(app, { pupils: 0 }), await aSchool(app, { pupils: 0 })]
  const number = aPhone()
  const inClass = (name: string, teamId: string) =>
    aPerson(app, {
      name,
      birthDate: '2015-05-01',
      contacts: [{ kind: 'phone', value: number, relation: 'guardian', ownerName: '丙父' }],
      memberships: [{ teamId, role: 'pupil' }],
    })
  const child = await inClass('丙一', mine.classId)
  await inClass('丙二', another.classId)
  await anAssignment(app, { shiftId: shift.id, personId: mine.teachers[0]!.id })
  await anAssignment(app, { shiftId: shift.id, personId: child.id })
  await publish(app, other)
  const { name } = (await office().get(`/api/teams/${mine.classId}`)).body
  const [told] = app.outbox().filter(({ to, kind }) => to === number && kind === 'guardian_invitation')
  expect(told?.text).toContain(`丙*（${name}）家长：`)
})

test('a guardian who ticks the school year consents to its other events, but lifts no refusal of one of them', async () => {
  const { eventId, children, tokens } = await aFamily('孙小禾')
  const child = children.get('孙小禾') as string
  const [token] = tokens as [string]
  expect((await page(token).expect(200)).text).toContain('本学年的其他志愿服务活动也同意')
  const { id: other } = await anEvent(app)
  const { id: refused } = await anEvent(app)
  const guardianName = '张建国'
  await office()
    .post(`/api/persons/${child}/guardian-consents`)
    .send({ says: 'no', guardianName, via: 'paper', scope: '家访', eventId: refused })
    .expect(201)
  const operationId = '01J0000000000000000000'
  const { body: link } = await app.request.get(`/api/c/${token}`)
  const fields = { operationId, assignmentId: link.assignments[0].id, answer: 'accepted', schoolYear: 'true' }
  for (const _ of [1, 2])
    await app.request.post(`/c/${token}/answer?lang=zh`).type('form').send(fields).expect(303)
  const stated = (await said(child)).filter(({ via }: { via: string }) => via === 'link')
  const yes = { says: 'yes', guardianName: '张*国', via: 'link' }
  expect(stated).toEqual([
    { ...yes, eventId },
    { ...yes, eventId: null },
  ])
  const { keys } = app.context
  const about = async (event: string) =>
    (await consentsFor(app.db.read, keys, [child], { eventId: event, day: '2026-06-01' })).get(child)
  expect([await about(other), await about(refused)]).toEqual(['given', 'refused'])
  const next = { eventId: other, day: '2026-09-01' }
  expect((await consentsFor(app.db.read, keys, [child], next)).get(child)).toBe('none')
})
