import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { metricsToken, startApp, type TestApp } from '#test/support/app.ts'
import { aShift, publish } from '#test/support/factories/events.ts'
import { aDeadJob } from '#test/support/factories/jobs.ts'
import { anAssignment } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone, aTeam } from '#test/support/factories/organisation.ts'

let app: TestApp
let eventId: string
const shared = aPhone()

/** Three people of one event: two of them share a number. */
beforeAll(async () => {
  app = await startApp({ unused: true })
  const shift = await aShift(app)
  eventId = shift.eventId
  const team = await aTeam(app.db)
  for (const [name, phone] of [
    ['张三丰', shared],
    ['张小丰', shared],
    ['李四', aPhone()],
  ] as const) {
    const { id } = await aPerson(app, { name, phone, teamId: team.id })
    await anAssignment(app, { shiftId: shift.id, personId: id })
  }
  await publish(app, eventId)
})
afterAll(() => app[Symbol.asyncDispose]())

const totals = async () =>
  (await app.as('city_office').get(`/api/events/${eventId}/message-totals`).expect(200)).body
const linesOf = (kind: string) => app.outbox().filter((line) => line.kind === kind)

describe('a published event', () => {
  test('writes one invitation to each number, naming its people by masked names, and one reminder', async () => {
    expect(await totals()).toMatchObject({
      written: 4,
      byState: { sent: 2, queued: 2 },
      kinds: [
        { kind: 'invitation', written: 2, byState: { sent: 2 } },
        { kind: 'reminder', written: 2, byState: { queued: 2 } },
      ],
    })
    const both = linesOf('invitation').find(({ to }) => to === shared)
    expect(both.text).toMatch(/^【集结】/)
    expect(both.text).toContain('张*丰')
    expect(both.text).not.toContain('张三丰')
    expect(both.text.match(/\/c\/[0-9A-Z]{12}/g)).toHaveLength(2)
  })

  test('says what still has messages to write, as long as it has not', async () => {
    expect((await totals()).unfinished).toEqual([])
    const { id } = await aDeadJob(app.db, { kind: 'event.published', eventId })
    expect((await totals()).unfinished).toEqual([
      { kind: 'event.published', state: 'dead', error: 'its worker ended each time' },
    ])
    await app.as('system_administrator').put(`/api/jobs/${id}/state`).send({ state: 'waiting' }).expect(200)
    await app.settled()
    expect((await totals()).unfinished).toEqual([])
  })

  test('each link of a message opens the page of its person', async () => {
    for (const { text } of linesOf('invitation')) {
      for (const [, path] of text.matchAll(/https?:\/\/[^/]+(\/c\/[0-9A-Z]{12})/g))
        await app.request.get(path).expect(200)
    }
  })

  test('the report of the day counts the same messages, and nobody who was not written to', async () => {
    const { body } = await app.as('city_office').get(`/api/events/${eventId}/report`).expect(200)
    expect(body.messages).toEqual({ written: 4, byState: { sent: 2, queued: 2 }, unreachable: 0 })
  })

  test('what became of them is counted for whoever watches the service', async () => {
    const { text } = await app.request.get('/metrics').auth(metricsToken, { type: 'bearer' }).expect(200)
    expect(text).toContain('muster_messages_total{channel="sms",outcome="sent"} 2')
  })

  test('publishing twice invites nobody twice', async () => {
    await publish(app, eventId)
    expect(linesOf('invitation')).toHaveLength(2)
  })

  test('messages are listed with their people and a masked number, by state and kind', async () => {
    const list = await app
      .as('city_office')
      .get(`/api/messages?eventId=${eventId}&state=sent&kind=invitation`)
      .expect(200)
    expect(list.body.items).toHaveLength(2)
    const both = list.body.items.find(({ subjects }: { subjects: string[] }) => subjects.length === 2)
    expect(both).toMatchObject({
      to: `154****${shared.slice(-4)}`,
      state: 'sent',
      provider: 'log',
      lane: 'invitation',
    })
    expect(JSON.stringify(list.body)).not.toContain(shared)
    const named = await app
      .as('city_office')
      .get(`/api/messages?subject=${both.subjects[0]}&kind=invitation`)
      .expect(200)
    expect(named.body.items.map(({ id }: { id: string }) => id)).toEqual([both.id])
    const paged = await app.as('city_office').get(`/api/messages?eventId=${eventId}&limit=3`).expect(200)
    const rest = await app
      .as('city_office')
      .get(`/api/messages?eventId=${eventId}&limit=3&cursor=${paged.body.nextCursor}`)
    expect([paged.body.items.length, rest.body.items.length, rest.body.nextCursor]).toEqual([3, 1, null])
  })

  test('a stranger to their teams sees none of them', async () => {
    const stranger = app.as(
      await app.signIn({ role: 'unit_administrator', unitId: (await aTeam(app.db)).unitId! }),
    )
    const list = await stranger.get(`/api/messages?eventId=${eventId}`).expect(200)
    expect(list.body.items).toEqual([])
    const [{ messageId }] = linesOf('invitation')
    await stranger.get(`/api/messages/${messageId}`).expect(404)
    await stranger.put(`/api/messages/${messageId}/opt-out`).expect(404)
  })

  test('that is called off reminds nobody, and every message is accounted for', async () => {
    await app
      .as('city_office')
      .put(`/api/events/${eventId}/cancellation`)
      .send({ reason: '暴雨' })
      .expect(200)
    await app.settled()
    const after = await totals()
    expect(after.byState.queued ?? 0).toBe(0)
    const sum = Object.values<number>(after.byState).reduce((all, count) => all + count, 0)
    expect(sum).toBe(after.written)
    await app.advance({ days: 20 })
    expect(linesOf('reminder')).toEqual([])
  })
})
