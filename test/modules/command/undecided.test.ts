/** A dispute that nobody decides is told after two working days to whoever may decide. */
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { issueTask, officeTime, openBook } from '#modules/command/index.ts'
import { units } from '#modules/organisation/schema.ts'
import { newId } from '#platform/ids.ts'
import { aPerson, aPhone, aUnit } from '#test/support/factories/organisation.ts'
import { app, aYearGround, city, liaison, office, owing, referee } from './year-ground.ts'

aYearGround()

const move = (who: typeof office, taskId: string, kind: string, more: object = {}) =>
  app
    .as(who)
    .post(`/api/tasks/${taskId}/moves`)
    .send({ id: newId(), kind, ...more })

/** A case of a book of the city office, found by somebody of another unit, and disputed. */
async function aDisputedCase(outline: string, foundByUnitId: string): Promise<string> {
  const id = await app.db.transaction(async (tx) => {
    const { config } = app.context
    const moving = { office: await officeTime(tx, config), by: 'system' as const, at: app.clock.now() }
    const book = { kind: 'rectification' as const, title: '三月整改清单', issuerUnitId: city.id }
    const bookId = await openBook(tx, book, moving)
    const found = { foundByUserId: referee.userId, foundByUnitId }
    const task = { bookId, kind: 'case' as const, outline, text: '楼道堆物', unitId: owing.id, ...found }
    return issueTask(tx, { ...task, subject: `case:${outline}`, dueClass: 'workdays:10' }, moving)
  })
  const grey = {
    width: 9,
    height: 8,
    channels: 3 as const,
    background: outline.endsWith('1') ? '#333' : '#ccc',
  }
  await app
    .as(liaison)
    .put(`/api/tasks/${id}/pictures/${newId()}`)
    .attach('files', await sharp({ create: grey }).png().toBuffer(), '现场.png')
    .expect(200)
  await move(liaison, id, 'dispute', { reason: '不在本小区' }).expect(201)
  return id
}

const telling = (phone: string) =>
  app.outbox().flatMap(({ kind, to, text }) => (kind === 'task_digest' && to === phone ? [text] : []))

test('a dispute that stands on its second working day is told once to the office that may decide, and no more when it is decided', async () => {
  const advising = await aUnit(app.db, { name: '市委宣传部' })
  const phone = aPhone()
  const person = await aPerson(app, { name: '王督办', phone })
  await app.db.transaction((tx) =>
    tx.update(units).set({ liaisonPersonId: person.id }).where(eq(units.id, city.id)),
  )
  // Monday, 9:00.
  const [open, decided] = [
    await aDisputedCase('2026-03-001', advising.id),
    await aDisputedCase('2026-03-002', advising.id),
  ]
  await app.advance({ days: 1, hours: 23 })
  expect(telling(phone)).toEqual([])
  await move(office, decided, 'refuse_dispute', { reason: '现场核实属本小区' }).expect(201)
  // Wednesday, 8:00: the digest of the day leaves in half an hour.
  await app.advance({ hours: 1 })
  expect(telling(phone)).toEqual([expect.stringMatching(/贵单位创城事项：异议待定1项，请点 .*\/m\/tasks/)])
  await app.advance({ days: 1 })
  expect(telling(phone)).toHaveLength(1)
  await move(office, open, 'uphold_dispute', { reason: '现场核实非本小区' }).expect(201)
})
