import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, gt } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, sealedText } from '#platform/audit/chain.ts'
import { record, recordAll, verifyAudit } from '#platform/audit/index.ts'
import { keptHeadFile } from '#platform/audit/kept-head.ts'
import { retireEntries } from '#platform/audit/retention.ts'
import { auditEntries, auditHeads } from '#platform/audit/schema.ts'
import { sealEntries } from '#platform/audit/seal.ts'
import { KeyRing } from '#platform/crypto/index.ts'
import type { Database } from '#platform/database/port.ts'
import { instantFrom } from '#platform/time.ts'
import { startApp } from '#test/support/app.ts'
import { openTestDatabase } from '#test/support/database.ts'

const at = instantFrom('2026-03-04T05:30:00.123Z')

async function aTrail(entries = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'muster-audit-'))
  const database = await openTestDatabase()
  const keys = new KeyRing(join(folder, 'keys.json'))
  const { db } = database
  const trail = {
    db,
    keys,
    folder,
    seal: () => sealEntries({ db, keys, now: () => at }),
    verify: () => verifyAudit(db, keys),
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  if (entries > 0) {
    await write(db, entries)
    await trail.seal()
  }
  return trail
}

async function write(db: Database, count: number, from = 0): Promise<void> {
  const facts = Array.from({ length: count }, (_, n) => ({
    action: 'test.done',
    subject: `thing:${from + n}`,
    by: { userId: 'somebody', address: '192.0.2.1' },
    at: at.plus({ seconds: from + n }),
    details: { z: n, a: { nested: ['𠮷', null, 1.5] } },
  }))
  await db.transaction((tx) => recordAll(tx, facts))
}

describe('the chain', () => {
  test('numbers and seals what was recorded, without gaps, and verifies', async () => {
    await using trail = await aTrail()
    await write(trail.db, 450)
    expect(await trail.verify()).toEqual({ whole: true, entries: 0, unsealed: 450, from: 1, to: 0 })
    expect(await trail.seal()).toBe(450)
    expect(await trail.seal()).toBe(0)
    await write(trail.db, 3, 450)
    expect(await trail.verify()).toEqual({ whole: true, entries: 450, unsealed: 3, from: 1, to: 450 })
  })

  test('sealed by several at once while others record, has every entry once', async () => {
    await using trail = await aTrail()
    await Promise.all([
      ...Array.from({ length: 8 }, (_, n) => write(trail.db, 30, n * 30)),
      ...Array.from({ length: 6 }, trail.seal),
    ])
    await trail.seal()
    expect(await trail.verify()).toEqual({ whole: true, entries: 240, unsealed: 0, from: 1, to: 240 })
  })

  test('an entry and its cause are there together or not at all', async () => {
    await using trail = await aTrail()
    const failing = trail.db.transaction(async (tx) => {
      await record(tx, { action: 'a.b', subject: 'c:d', by: 'system', at })
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await trail.db.read.$count(auditEntries)).toBe(0)
  })

  test.each([
    ['action', { action: 'test.undone' }],
    ['subject', { subject: 'thing:0' }],
    ['actor', { actorId: 'somebody else' }],
    ['kind of actor', { actorKind: 'system' as const }],
    ['address', { address: null }],
    ['time', { at: at.plus({ milliseconds: 1 }) }],
    ['details', { details: '{}' }],
    ['seal', { seal: 'AAAA' }],
  ])('notices a changed %s, and names the entry', async (_, change) => {
    await using trail = await aTrail(20)
    await trail.db.transaction((tx) => tx.update(auditEntries).set(change).where(eq(auditEntries.number, 7)))
    expect(await trail.verify()).toMatchObject({
      whole: false,
      number: 7,
      because: 'changed',
      id: expect.any(String),
    })
  })

  test('notices an entry that was taken out, from the middle, the start or the end', async () => {
    for (const [number, because] of [
      [7, 'missing'],
      [1, 'missing'],
      [20, 'tail_missing'],
    ] as const) {
      await using trail = await aTrail(20)
      await trail.db.transaction((tx) => tx.delete(auditEntries).where(eq(auditEntries.number, number)))
      expect(await trail.verify()).toMatchObject({ whole: false, number, because })
    }
  })

  test('notices two entries that changed places', async () => {
    await using trail = await aTrail(20)
    await trail.db.transaction(async (tx) => {
      await tx.update(auditEntries).set({ number: 1000 }).where(eq(auditEntries.number, 5))
      await tx.update(auditEntries).set({ number: 5 }).where(eq(auditEntries.number, 6))
      await tx.update(auditEntries).set({ number: 6 }).where(eq(auditEntries.number, 1000))
    })
    expect(await trail.verify()).toMatchObject({ whole: false, number: 5, because: 'changed' })
  })

  test('notices a cut tail even when the head in the database is cut with it', async () => {
    await using trail = await aTrail(10)
    const [early] = await trail.db.read.select().from(auditHeads)
    await write(trail.db, 10, 10)
    await trail.seal()
    await trail.db.transaction(async (tx) => {
      await tx.delete(auditEntries).where(gt(auditEntries.number, 10))
      await tx.update(auditHeads).set(early as typeof auditHeads.$inferSelect)
    })
    expect(await trail.verify()).toMatchObject({ whole: false, number: 11, because: 'head_behind' })
    await trail.db.transaction((tx) => tx.delete(auditHeads))
    expect(await trail.verify()).toMatchObject({ whole: false, because: 'head_missing' })
  })

  test('notices a head that was written without the key, in the database or outside', async () => {
    await using trail = await aTrail(10)
    await trail.db.transaction((tx) => tx.update(auditHeads).set({ number: 9 }))
    expect(await trail.verify()).toMatchObject({ whole: false, because: 'head_forged' })
    const file = keptHeadFile(trail.keys)
    writeFileSync(file, readFileSync(file, 'utf8').replace('"number":10', '"number":1'))
    await expect(trail.verify()).rejects.toThrow('not genuine')
  })

  test('cannot be written anew by somebody with the database but without the key', async () => {
    await using trail = await aTrail(5)
    const thief = new KeyRing(join(trail.folder, 'thief.json'))
    await trail.db.transaction((tx) => tx.delete(auditHeads))
    await trail.db.transaction((tx) =>
      tx.update(auditEntries).set({ number: null, seal: null, subject: 'thing:x' }),
    )
    rmSync(keptHeadFile(trail.keys))
    await sealEntries({ db: trail.db, keys: thief, now: () => at })
    await expect(trail.verify()).rejects.toThrow('no key')
  })

  test('different entries never give the same text', () => {
    const entry = fc.record({
      id: fc.string(),
      at: fc.constant(at),
      action: fc.string(),
      subject: fc.string(),
      actorKind: fc.string(),
      actorId: fc.option(fc.string()),
      address: fc.option(fc.string()),
      details: fc.json(),
    })
    fc.assert(
      fc.property(fc.string(), fc.nat(), entry, entry, (previous, number, one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other)
        expect(sealedText(previous, number, one) === sealedText(previous, number, other)).toBe(same)
      }),
    )
  })

  test('canonical JSON is the same whatever the order of keys', () => {
    expect(canonicalJson({ b: 1, a: [{ d: 1, c: undefined }] })).toBe('{"a":[{"d":1}],"b":1}')
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse())
        expect(canonicalJson(turned)).toBe(canonicalJson(value))
      }),
    )
  })
})

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
    await using app = await startApp()
    await write(app.db, 5)
    await app.db.transaction((tx) =>
      record(tx, {
        action: 'other.done',
        subject: 'thing:9',
        by: { volunteer: 'p1' },
        at: at.plus({ days: 1 }),
      }),
    )
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
