import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { users } from '#modules/accounts/schema.ts'
import { openPhone, sealPhone } from '#modules/accounts/sealed.ts'
import { contactIndexes, openContact, openIdentity, sealContact } from '#modules/organisation/index.ts'
import { contacts, persons } from '#modules/organisation/schema.ts'
import { KeyRing } from '#platform/crypto/index.ts'
import { readKeyFile } from '#platform/crypto/key-file.ts'
import { reviveUsedKeys, rotateKeys } from '#platform/crypto/rotate.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import { sealedColumns } from '#src/sealed.ts'
import { openTestDatabase } from '#test/support/database.ts'
import { someContacts } from '#test/support/factories/messaging.ts'
import { aPerson } from '#test/support/factories/organisation.ts'
import { newKeyRing } from '#test/support/keys.ts'

const phoneOf = (n: number) => `154${String(n).padStart(8, '0')}`

async function aCity(phones: number) {
  const folder = mkdtempSync(join(tmpdir(), 'muster-rotate-'))
  const database = await openTestDatabase()
  const keysFile = join(folder, 'keys.json')
  const keys = newKeyRing(keysFile)
  const { db } = database
  await someContacts(
    { db, keys },
    Array.from({ length: phones }, (_, n) => phoneOf(n)),
  )
  const person = await aPerson({ db, context: { keys } }, { name: '张三', identityNumber: 'G12345678' })
  const account = {
    id: newId(),
    login: 'leader',
    name: '张三',
    createdAt: instantFrom('2026-02-01T00:00:00Z'),
  }
  await db.transaction((tx) =>
    tx.insert(users).values({ ...account, ...sealPhone(keys, account.id, phoneOf(7)) }),
  )
  const rotation = {
    db,
    keysFile,
    columns: sealedColumns,
    now: () => new Date(),
    settleMs: 1200,
    graceMs: 50,
  }
  /** Looks a phone up as the service does: under every live key. */
  const find = (ring: KeyRing, phone: string) =>
    db.read
      .select()
      .from(contacts)
      .where(and(eq(contacts.kind, 'phone'), inArray(contacts.valueIndex, ring.blindIndexes('phone', phone))))
  return {
    db,
    keys,
    keysFile,
    person,
    rotation,
    find,
    /** How many encrypted values and indexes of any table mention a key. */
    async mentions(keyId: string): Promise<number> {
      const of = (column: typeof contacts.value) => sql`${column} like ${`%${keyId}%`}`
      return (
        (await db.read.$count(contacts, of(contacts.value))) +
        (await db.read.$count(contacts, of(contacts.valueIndex as never))) +
        (await db.read.$count(contacts, of(contacts.last4Index as never))) +
        (await db.read.$count(users, of(users.phone as never))) +
        (await db.read.$count(users, of(users.phoneIndex as never))) +
        (await db.read.$count(persons, of(persons.identityNumber as never))) +
        (await db.read.$count(persons, of(persons.identityIndex as never)))
      )
    },
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

describe('rotating the keys of a live database', () => {
  test('leaves every value readable and findable at every moment, while rows are added', async () => {
    await using city = await aCity(450)
    const { db, keys, find, rotation } = city
    const [before] = keys.liveIds('data')
    let stop = false
    let looks = 0
    const failures: string[] = []
    // The service: an own view of the key file, following it by itself.
    const service = (async () => {
      for (let n = 0; !stop; n++) {
        const phone = phoneOf(n % 450)
        const [row] = await find(keys, phone)
        if (!row || openContact(keys, row) !== phone) failures.push(phone)
        if (n % 10 === 0) await someContacts({ db, keys }, [`155${String(n).padStart(8, '0')}`])
        looks++
        await new Promise((turn) => setTimeout(turn, 2))
      }
    })()
    const { keyId, rows } = await rotateKeys(rotation)
    stop = true
    await service
    expect(failures).toEqual([])
    expect(looks).toBeGreaterThan(20)
    expect(rows).toBeGreaterThanOrEqual(452)
    expect(keyId).not.toBe(before)
    expect(await city.mentions(before as string)).toBe(0)
    const fresh = new KeyRing(city.keysFile)
    expect(fresh.liveIds('data')).toEqual([keyId])
    const [person] = await db.read.select().from(persons).where(isNotNull(persons.identityNumber))
    expect(openIdentity(fresh, person as { id: string; identityNumber: string })).toBe('G12345678')
    expect(person?.identityIndex).toBe(fresh.blindIndex('identity', 'G12345678'))
    const [user] = await db.read
      .select()
      .from(users)
      .where(inArray(users.phoneIndex, fresh.blindIndexes('phone', phoneOf(7))))
    expect(user && openPhone(fresh, user)).toBe(phoneOf(7))
    const [contact] = await find(fresh, phoneOf(7))
    expect(contact).toMatchObject(contactIndexes(fresh, 'phone', phoneOf(7)))
  })

  test('killed at any step, is taken up by the next run, with one key in the end', async () => {
    for (const die of ['announced', 'switched', 'rewritten', 'retired'] as const) {
      await using city = await aCity(250)
      const [before] = city.keys.liveIds('data')
      const killed = rotateKeys({
        ...city.rotation,
        settleMs: 0,
        graceMs: 0,
        onProgress: ({ step }) => {
          if (step === die) throw new Error('killed')
        },
      })
      await expect(killed).rejects.toThrow('killed')
      const halfway = new KeyRing(city.keysFile)
      for (const n of [0, 120, 249]) {
        const [row] = await city.find(halfway, phoneOf(n))
        expect(row && openContact(halfway, row)).toBe(phoneOf(n))
      }
      const keysBefore = readKeyFile(city.keysFile).data.keys.length
      await rotateKeys({ ...city.rotation, settleMs: 0, graceMs: 0 })
      const { data } = readKeyFile(city.keysFile)
      expect(data.keys.filter((key) => !key.retiredAt)).toHaveLength(1)
      if (die !== 'retired') expect(data.keys).toHaveLength(keysBefore)
      expect(await city.mentions(before as string)).toBe(0)
    }
  })

  test('two at once do not get into each other’s way: one is refused', async () => {
    await using city = await aCity(10)
    const quick = { ...city.rotation, settleMs: 50, graceMs: 0 }
    const outcomes = await Promise.allSettled([rotateKeys(quick), rotateKeys(quick)])
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('does not go on over a value that does not open, and loses nothing', async () => {
    await using city = await aCity(5)
    const id = newId()
    const row = {
      id,
      kind: 'phone' as const,
      ...sealContact(city.keys, newId(), { kind: 'phone', value: '15499999999' }),
      createdAt: instantFrom('2026-02-01T00:00:00Z'),
    }
    await city.db.transaction((tx) => tx.insert(contacts).values(row))
    await expect(rotateKeys({ ...city.rotation, settleMs: 0, graceMs: 0 })).rejects.toThrow(
      `contacts/value/${id} does not open`,
    )
    expect(new KeyRing(city.keysFile).liveIds('data')).toHaveLength(2)
  })

  test('old rows that come back with a backup are found again, and it is said when a key is missing', async () => {
    await using city = await aCity(3)
    const old = await city.db.read.select().from(contacts)
    await rotateKeys({ ...city.rotation, settleMs: 0, graceMs: 0 })
    await city.db.transaction(async (tx) => {
      for (const { id, ...row } of old) await tx.update(contacts).set(row).where(eq(contacts.id, id))
    })
    expect(await city.find(new KeyRing(city.keysFile), phoneOf(1))).toHaveLength(0)
    expect(await reviveUsedKeys(city.rotation)).toHaveLength(1)
    expect(await city.find(new KeyRing(city.keysFile), phoneOf(1))).toHaveLength(1)
    const stranger = newKeyRing(join(city.keysFile, '../other.json')).path
    const before = readFileSync(stranger, 'utf8')
    await expect(rotateKeys({ ...city.rotation, keysFile: stranger })).rejects.toThrow(
      `the key file ${stranger} lacks the keys`,
    )
    expect(readFileSync(stranger, 'utf8')).toBe(before)
  })
})
