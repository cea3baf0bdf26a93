import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { record, recordAll } from '#platform/audit/index.ts'
import { retireEntries } from '#platform/audit/retention.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { startApp } from '#test/support/app.ts'
import { aTrail, at, write } from './a-trail.ts'

describe('retention', () => {
  const retire = (trail: Awaited<ReturnType<typeof aTrail>>, days: number, retentionDays: number) =>
    retireEntries({ db: trail.db, keys: trail.keys, now: () => at.plus({ days }), retentionDays })

  test('lets go of what is old, keeps the rest verifiable, and goes on from there', async () => {
    await using trail = await aTrail(1200)
    await trail.db.transaction((tx) =>
      recordAll(tx, [{ action: 'late.one', subject: 'a:b', by: 'system', at: at.plus({ days: 100 }) }]),
    )
    await trail.seal()
    expect(await retire(trail, 190, 180)).toBe(1200)
    expect(await trail.verify()).toEqual({ whole: true, entries: 1, unsealed: 0, from: 1201, to: 1201 })
    await write(trail.db, 5)
    await trail.seal()
    expect(await trail.verify()).toMatchObject({ whole: true, entries: 6 })
    await trail.db.transaction((tx) => tx.delete(auditEntries).where(eq(auditEntries.number, 1201)))
    expect(await trail.verify()).toMatchObject({ whole: false, number: 1201, because: 'missing' })
  })

  test('is never under 180 days, and touches nothing that is not sealed', async () => {
    await using trail = await aTrail()
    await write(trail.db, 3)
    await expect(retire(trail, 1000, 179)).rejects.toThrow('at least 180 days')
    expect(await retire(trail, 1000, 180)).toBe(0)
    await expect(startApp({ env: { AUDIT_RETENTION_DAYS: '90' } })).rejects.toThrow('AUDIT_RETENTION_DAYS')
  })
})

describe('reading the trail', () => {
  test('is for auditors, by action, subject, actor and time, page by page', async () => {
    await using app = await startApp({ unused: true })
    await write(app.db, 5)
    await app.db.transaction((tx) =>
      record(tx, {
        action: 'other.done',
        subject: 'thing:9',
        by: { link: 'p1' },
        at: at.plus({ days: 1 }),
      }),
    )
    for (const [action, subject] of [
      ['phone_change.asked', 'thing:7'],
      ['phone-change.asked', 'thing:8'],
    ] as const) {
      await app.db.transaction((tx) => record(tx, { action, subject, by: 'system', at }))
    }
    await app.advance({ seconds: 30 })
    const read = (query: object) => app.as('auditor').get('/api/audit').query(query)
    expect((await app.as('city_office').get('/api/audit')).status).toBe(403)
    expect((await app.as('system_administrator').get('/api/audit')).status).toBe(403)
    const subjects = ({ body }: { body: { items: { subject: string }[] } }) =>
      body.items.map((item) => item.subject)
    expect(subjects(await read({ action: 'test.done' }))).toEqual([
      'thing:4',
      'thing:3',
      'thing:2',
      'thing:1',
      'thing:0',
    ])
    expect(subjects(await read({ action: 'other.' }))).toEqual(['thing:9'])
    expect(subjects(await read({ action: 'phone_change.asked' }))).toEqual(['thing:7'])
    expect(subjects(await read({ action: 'phone_change.' }))).toEqual(['thing:7'])
    expect(subjects(await read({ subject: 'thing:2' }))).toEqual(['thing:2'])
    expect(subjects(await read({ actorId: 'p1' }))).toEqual(['thing:9'])
    const between = {
      from: '2026-03-04T13:30:01+08:00',
      until: '2026-03-04T05:30:03.123Z',
      actorId: 'somebody',
    }
    expect(subjects(await read(between))).toEqual(['thing:2', 'thing:1'])
    const first = await read({ action: 'test.done', limit: 2 })
    const second = await read({ action: 'test.done', limit: 2, cursor: first.body.nextCursor })
    expect([...subjects(first), ...subjects(second)]).toEqual(['thing:4', 'thing:3', 'thing:2', 'thing:1'])
    expect(first.body.items[0]).toMatchObject({
      number: expect.any(Number),
      at: '2026-03-04T05:30:04.123Z',
      actor: { kind: 'user', id: 'somebody', address: '192.0.2.1' },
      details: { z: 4, a: { nested: ['𠮷', null, 1.5] } },
    })
    for (const query of [{ action: '%' }, { from: 'yesterday' }, { limit: 0 }, { cursor: 'x' }]) {
      expect((await read(query)).status).toBeGreaterThanOrEqual(400)
      expect((await read(query)).status).toBeLessThan(500)
    }
  })
})
