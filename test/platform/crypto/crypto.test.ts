import { createHmac, createSecretKey } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  personalLink,
  personalLinkHashes,
  personalLinkToken,
} from '#modules/mobilization/links/personal-link.ts'
import {
  encodeCrockford,
  KeyRing,
  maskIdentity,
  maskName,
  maskPhone,
  readCrockford,
  sameText,
} from '#platform/crypto/index.ts'
import {
  createKeyFile,
  newKeyEntry,
  parseKeyFile,
  readKeyFile,
  writeKeyFile,
} from '#platform/crypto/key-file.ts'
import { seal, unseal } from '#platform/crypto/sealed-text.ts'
import { ShortMac } from '#platform/crypto/short-mac.ts'
import { newKeyRing } from '#test/support/keys.ts'

let folder: string
let file: string
let keys: KeyRing
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-keys-'))
  file = join(folder, 'keys.json')
  keys = newKeyRing(file)
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the key file', () => {
  test('is created for its owner alone on the first start and read on the next', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const sealed = keys.encrypt('13800000000', 'contacts/value/1')
    expect(new KeyRing(file).decrypt(sealed, 'contacts/value/1')).toBe('13800000000')
  })

  test('is refused when everybody can read it', () => {
    const open = join(folder, 'open.json')
    createKeyFile(open)
    chmodSync(open, 0o644)
    expect(() => new KeyRing(open)).toThrow('chmod 600')
  })

  test.each([
    ['', 'is not JSON'],
    ['{}', 'muster-keys-1'],
    ['{"format":"muster-keys-1"}', 'no keys in "data"'],
    [
      '{"format":"muster-keys-1","data":{"primary":"a","keys":[{"id":"a","secret":"c2hvcnQ"}]}}',
      'not 32 bytes',
    ],
    [
      `{"format":"muster-keys-1","data":{"primary":"b","keys":[{"id":"a","secret":"${'A'.repeat(43)}"}]}}`,
      'no live primary',
    ],
  ])('names what is wrong with %s without quoting a secret', (text, why) => {
    expect(() => parseKeyFile(text, 'x')).toThrow(why)
    expect(() => parseKeyFile(text, 'x')).not.toThrow(/c2hvcnQ/)
  })

  test('is created once by several that start at once', () => {
    const shared = join(folder, 'shared.json')
    const rings = Array.from({ length: 5 }, () => newKeyRing(shared))
    const sealed = (rings[0] as KeyRing).encrypt('x', 'a/b/1')
    for (const ring of rings) expect(ring.decrypt(sealed, 'a/b/1')).toBe('x')
  })
})

describe('encryption', () => {
  test('gives back any text, in its place only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.uuid(), fc.uuid(), (plain, row, other) => {
        fc.pre(row !== other)
        const sealed = keys.encrypt(plain, `contacts/value/${row}`)
        expect(keys.decrypt(sealed, `contacts/value/${row}`)).toBe(plain)
        expect(() => keys.decrypt(sealed, `contacts/value/${other}`)).toThrow('does not open')
        expect(() => keys.decrypt(sealed, `persons/value/${row}`)).toThrow('does not open')
      }),
    )
  })

  test('notices every changed bit', () => {
    const sealed = keys.encrypt('13812345678', 'contacts/value/1')
    const [version, id, body] = sealed.split('.') as [string, string, string]
    const bytes = Buffer.from(body, 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7))
      expect(() =>
        keys.decrypt(`${version}.${id}.${changed.toString('base64url')}`, 'contacts/value/1'),
      ).toThrow()
    }
  })

  test.each(['', 'v1', 'v1..', 'v2.a.b', 'v1.a.', 'v1.A!.x', '13800000000'])(
    'refuses %j as a ciphertext',
    (text) => {
      expect(() => keys.decrypt(text, 'contacts/value/1')).toThrow()
    },
  )

  test('never gives the same ciphertext twice', () => {
    const sealed = Array.from({ length: 1000 }, () => keys.encrypt('13800000000', 'contacts/value/1'))
    expect(new Set(sealed).size).toBe(1000)
  })

  test('is AES-256-GCM: opens test case 13 of the GCM specification (McGrew and Viega, 2005)', () => {
    const zero = createSecretKey(Buffer.alloc(32))
    const sealed = `v1.k.${Buffer.concat([Buffer.alloc(12), Buffer.from('530f8afbc74536b9a963b4f1c4cb738b', 'hex')]).toString('base64url')}`
    expect(unseal(zero, sealed, '' as never)).toBe('')
    expect(unseal(zero, seal(zero, 'k', 'x', 'a/b/c'), 'a/b/c')).toBe('x')
  })
})

describe('blind indexes', () => {
  test('are the same for the same value and purpose, and tell nothing else', () => {
    expect(keys.blindIndex('phone', '13800000000')).toBe(keys.blindIndex('phone', '13800000000'))
    expect(keys.blindIndex('phone', '13800000000')).not.toBe(keys.blindIndex('email', '13800000000'))
    expect(keys.blindIndex('phone', '13800000000')).not.toContain('1380')
    expect(keys.blindIndexes('phone', '13800000000')).toEqual([keys.blindIndex('phone', '13800000000')])
  })

  test('carry a key id and are looked up under every live key', () => {
    const own = join(folder, 'rotating.json')
    const ring = newKeyRing(own)
    const before = ring.blindIndex('phone', '1')
    const sealed = ring.encrypt('1', 'a/b/1')
    const content = readKeyFile(own)
    const added = newKeyEntry(new Date())
    content.data = { primary: added.id, keys: [...content.data.keys, added] }
    writeKeyFile(own, content)
    ring.reload()
    expect(ring.blindIndex('phone', '1')).toMatch(new RegExp(`^${added.id}\\.`))
    expect(ring.blindIndexes('phone', '1')).toContain(before)
    expect(ring.decrypt(sealed, 'a/b/1')).toBe('1')
    expect(ring.encrypt('1', 'a/b/1')).toContain(`.${added.id}.`)
  })

  test('a running service opens what was sealed with a key that was added since', () => {
    const own = join(folder, 'added.json')
    const running = newKeyRing(own)
    const content = readKeyFile(own)
    const added = newKeyEntry(new Date())
    content.data = { primary: added.id, keys: [...content.data.keys, added] }
    writeKeyFile(own, content)
    const sealed = new KeyRing(own).encrypt('new', 'a/b/1')
    expect(running.decrypt(sealed, 'a/b/1')).toBe('new')
  })
})

describe('codes for people', () => {
  test('are Crockford’s base32: no I, L, O, U, and what is typed instead is understood', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
        const code = encodeCrockford(bytes, 12)
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/)
        const typed = code.replaceAll('0', 'o').replaceAll('1', 'l').toLowerCase()
        expect(readCrockford(` ${typed.slice(0, 4)}-${typed.slice(4, 8)} ${typed.slice(8)} `, 12)).toBe(code)
      }),
    )
  })

  test.each([
    [[0], '0'],
    [[0xff], 'Z'],
    [[0x08, 0x42, 0x10, 0x84, 0x21], '11111111'],
    [[0, 68, 50, 20, 199], '0123456789'.slice(0, 8)],
  ])('encodes %j as %s', (bytes, text) => {
    expect(encodeCrockford(Uint8Array.from(bytes))).toBe(text)
  })

  test.each(['', 'ABCDEFGHJKM', 'ABCDEFGHJKMNP', 'UUUUUUUUUUUU', '!'.repeat(12), '1'.repeat(100_000)])(
    'reads %j as no code',
    (typed) => expect(readCrockford(typed, 12)).toBeUndefined(),
  )

  test('full-width letters and digits count as what they look like', () => {
    expect(readCrockford('ＡＢＣＤ－１２３４－５６７８', 12)).toBe('ABCD12345678')
  })
})

describe('personal links', () => {
  test('are derived again from the stored hash, differ by generation, and are found however they are typed', () => {
    const { token, hash } = personalLink(keys, '018f0000-0000-7000-8000-000000000001', 1)
    expect(token).toHaveLength(12)
    expect(
      personalLinkToken(keys, {
        linkHash: hash,
        participationId: '018f0000-0000-7000-8000-000000000001',
        generation: 1,
      }),
    ).toBe(token)
    expect(personalLink(keys, '018f0000-0000-7000-8000-000000000001', 2).token).not.toBe(token)
    expect(personalLinkHashes(keys, token.toLowerCase())).toEqual([hash])
    expect(personalLinkHashes(keys, 'not a link')).toEqual([])
    expect(hash).not.toContain(token)
  })

  test('do not repeat among 100,000', () => {
    const tokens = new Set(Array.from({ length: 100_000 }, (_, at) => personalLink(keys, `p${at}`, 0).token))
    expect(tokens.size).toBe(100_000)
  })
})

describe('masks', () => {
  test.each([
    ['13812345678', '138****5678'],
    ['+8613812345678', '138****5678'],
    ['02412345678', '024****5678'],
    ['12345', '****'],
    ['', '****'],
  ])('show %s as %s', (phone, masked) => expect(maskPhone(phone)).toBe(masked))

  test.each([
    ['张三', '张*'],
    ['张小三', '张*三'],
    ['欧阳小雪', '欧**雪'],
    ['张', '张'],
    ['', ''],
    ['Ann Lee', 'A** L**'],
    ['𠮷田', '𠮷*'],
  ])('show %s as %s', (name, masked) => expect(maskName(name)).toBe(masked))

  test('leave nothing of an identity number but its ends', () => {
    expect(maskIdentity('21050219900101123X')).toBe('2****************X')
    expect(maskIdentity('A123')).toBe('****')
  })

  test('never let the hidden digits of a phone through', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^1[3-9]\d{9}$/), (phone) => {
        expect(maskPhone(phone)).toBe(`${phone.slice(0, 3)}****${phone.slice(7)}`)
      }),
    )
  })
})

test('comparing texts depends on nothing but whether they are the same', () => {
  expect(sameText('a', 'a')).toBe(true)
  expect(sameText('a', 'b')).toBe(false)
  expect(sameText('a', 'aa')).toBe(false)
})

test('the file on disk holds keys and nothing else', () => {
  expect(Object.keys(JSON.parse(readFileSync(file, 'utf8'))).sort()).toEqual([
    'audit',
    'data',
    'format',
    'links',
    'sessions',
  ])
})

test('the tag of a text is its HMAC, for texts of any length one after the other', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ maxLength: 40 }))
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 64, minLength: 1 }),
      fc.array(text, { maxLength: 5 }),
      (bytes, texts) => {
        const key = createSecretKey(bytes)
        const mac = new ShortMac(key)
        for (const each of texts)
          expect(mac.of(each)).toBe(createHmac('sha256', key).update(each).digest('hex'))
      },
    ),
    { numRuns: 40 },
  )
})
