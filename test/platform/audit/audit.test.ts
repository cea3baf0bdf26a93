import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq, gt, isNull } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, recordedText, sealedText } from '#platform/audit/chain.ts'
import { record } from '#platform/audit/index.ts'
import { keepHead, keptHeadFile, readKeptHead } from '#platform/audit/kept-head.ts'
import { auditEntries, auditHeads } from '#platform/audit/schema.ts'
import { inChunks } from '#platform/database/port.ts'
import { newKeyRing } from '#test/support/keys.ts'
import { aTrail, at, write } from './a-trail.ts'

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
      ...Array.from({ length: 6 }, () => trail.seal()),
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

  test('a row that nobody with the key recorded is never sealed, and is named', async () => {
    await using trail = await aTrail(5)
    const forged = { id: '0-forged', at, action: 'grant.given', subject: 'user:1', details: '{}' }
    const by = { actorKind: 'user' as const, actorId: 'somebody', address: null }
    await trail.db.transaction((tx) => tx.insert(auditEntries).values({ ...forged, ...by }))
    await write(trail.db, 2, 5)
    expect(await trail.verify()).toMatchObject({ whole: false, because: 'forged', id: '0-forged' })
    expect(await trail.seal()).toBe(2)
    expect(trail.said.filter(({ level }) => level === 'error')).toEqual([
      {
        level: 'error',
        fields: { entries: ['0-forged'] },
        event: 'audit entries were not recorded by this service',
      },
    ])
    expect(await trail.verify()).toMatchObject({ whole: false, because: 'forged', id: '0-forged' })
    await trail.db.transaction((tx) => tx.delete(auditEntries).where(eq(auditEntries.id, '0-forged')))
    expect(await trail.verify()).toMatchObject({ whole: true, entries: 7, unsealed: 0 })
  })

  test('a recorded row that was changed before it was sealed is not sealed', async () => {
    await using trail = await aTrail(5)
    await write(trail.db, 1, 5)
    await trail.db.transaction((tx) =>
      tx.update(auditEntries).set({ actorId: 'somebody else' }).where(isNull(auditEntries.number)),
    )
    expect(await trail.seal()).toBe(0)
    expect(await trail.verify()).toMatchObject({ whole: false, because: 'forged' })
  })

  test('more forged rows than fit into a batch hold up no genuine one', async () => {
    await using trail = await aTrail()
    const by = { actorKind: 'system' as const, actorId: null, address: null }
    const forged = Array.from({ length: 450 }, (_, n) => {
      return { id: `0-${n}`, at, action: 'a.b', subject: 'c:d', details: '{}', ...by }
    })
    await trail.db.transaction((tx) => inChunks(forged, 200, (some) => tx.insert(auditEntries).values(some)))
    await write(trail.db, 3)
    expect(await trail.seal()).toBe(3)
  })

  test('a chain whose end is gone is not grown over, whatever is recorded after', async () => {
    await using trail = await aTrail(10)
    await trail.db.transaction(async (tx) => {
      await tx.delete(auditHeads)
      await tx.delete(auditEntries)
    })
    await write(trail.db, 20, 10)
    await expect(trail.seal()).rejects.toThrow('the audit trail ends at 0, but 10 entries were sealed')
    expect(await trail.verify()).toMatchObject({ whole: false, because: 'head_missing' })
    // The file beside the keys went as well: the second place still knows.
    rmSync(keptHeadFile(trail.keys))
    await expect(trail.seal()).rejects.toThrow('the audit trail ends at 0, but 10 entries were sealed')
  })

  test('each sealing says in the log how far the chain has come', async () => {
    await using trail = await aTrail(10)
    const [head] = await trail.db.read.select().from(auditHeads)
    expect(trail.said).toEqual([
      { level: 'info', fields: { number: 10, seal: head?.seal }, event: 'audit trail sealed' },
    ])
  })

  test('a head that comes late replaces no later one, and of two that differ the later counts', async () => {
    await using trail = await aTrail(5)
    const { keys, headCopy } = trail
    const early = readKeptHead(keys, headCopy)!
    const file = readFileSync(keptHeadFile(keys))
    await write(trail.db, 5, 5)
    await trail.seal()
    const late = readKeptHead(keys, headCopy)
    expect([early.number, late?.number]).toEqual([5, 10])
    keepHead(keys, early, headCopy)
    expect(readKeptHead(keys)).toEqual(late)
    writeFileSync(keptHeadFile(keys), file)
    expect([readKeptHead(keys), readKeptHead(keys, headCopy)]).toEqual([early, late])
  })

  test('a forked chain, every seal of it genuine, is not the one that was kept', async () => {
    await using trail = await aTrail(10)
    const before = await trail.db.read.select().from(auditEntries)
    const [head] = await trail.db.read.select().from(auditHeads)
    await write(trail.db, 10, 10)
    await trail.seal()
    // The database goes back to an earlier copy, and the service writes another future on it.
    await trail.db.transaction(async (tx) => {
      await tx.delete(auditEntries)
      await tx.insert(auditEntries).values(before)
      await tx.update(auditHeads).set(head as typeof auditHeads.$inferSelect)
    })
    rmSync(keptHeadFile(trail.keys))
    const kept = readFileSync(trail.headCopy)
    rmSync(trail.headCopy)
    await write(trail.db, 15, 50)
    await trail.seal()
    expect(await trail.verify()).toMatchObject({ whole: true, entries: 25 })
    writeFileSync(trail.headCopy, kept)
    rmSync(keptHeadFile(trail.keys))
    expect(await trail.verify()).toMatchObject({ whole: false, number: 20, because: 'changed' })
  })

  test('cannot be written anew by somebody with the database but without the key', async () => {
    await using trail = await aTrail(5)
    const thief = newKeyRing(join(trail.folder, 'thief.json'))
    await trail.db.transaction((tx) => tx.delete(auditHeads))
    await trail.db.transaction((tx) =>
      tx.update(auditEntries).set({ number: null, seal: null, subject: 'thing:x' }),
    )
    for (const file of [keptHeadFile(trail.keys), trail.headCopy]) rmSync(file)
    expect(await trail.seal(thief)).toBe(0)
    const first = { number: 1, sealKeyId: thief.auditKeyId(), macKeyId: thief.auditKeyId() }
    await trail.db.transaction(async (tx) => {
      const [entry] = await tx.select().from(auditEntries).limit(1)
      if (!entry) throw new Error('there is an entry')
      const mac = thief.auditMac(first.macKeyId, recordedText(entry))
      const seal = thief.auditMac(first.sealKeyId, sealedText('muster-audit-1', 1, { ...entry, mac }))
      await tx
        .update(auditEntries)
        .set({ ...first, mac, seal })
        .where(eq(auditEntries.id, entry.id))
    })
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
      mac: fc.option(fc.string()),
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
