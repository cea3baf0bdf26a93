import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BackupKey, openBackupKey, readBackupKey } from '#platform/backup/backup-key.ts'
import { openStream, sealStream } from '#platform/backup/cipher.ts'

let folder: string

let key: BackupKey

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-backup-test-'))
  key = openBackupKey(join(folder, 'backup-key.json'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the stream of a backup', () => {
  const collect = async (source: AsyncIterable<Buffer>) => {
    const parts = []
    for await (const part of source) parts.push(part)
    return Buffer.concat(parts)
  }
  const from = async function* (bytes: Uint8Array, size: number) {
    for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size))
  }

  test('gives back any bytes however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 5000 }),
        fc.integer({ min: 1, max: 999 }),
        fc.integer({ min: 1, max: 999 }),
        async (bytes, a, b) => {
          const sealed = await collect(sealStream(key, from(bytes, a)))
          expect(await collect(openStream(key, from(sealed, b)))).toEqual(Buffer.from(bytes))
        },
      ),
      { numRuns: 50 },
    )
  })

  test.each([0, 1, 1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1, 3 * 1024 * 1024])(
    'of %i bytes is whole, and a cut anywhere is noticed',
    async (length) => {
      const bytes = Buffer.alloc(length, 7)
      const sealed = await collect(sealStream(key, from(bytes, 65_536)))
      expect((await collect(openStream(key, from(sealed, 70_001)))).equals(bytes)).toBe(true)
      for (const cut of [sealed.length - 1, sealed.length - 17, Math.floor(sealed.length / 2), 33, 10, 0]) {
        if (cut < 0) continue
        await expect(collect(openStream(key, from(sealed.subarray(0, cut), 70_001)))).rejects.toThrow()
      }
      const piece = 4 + 1024 * 1024 + 16
      if (length > 1024 * 1024) {
        await expect(collect(openStream(key, from(sealed.subarray(0, 32 + piece), 70_001)))).rejects.toThrow(
          'cut short',
        )
      }
    },
  )
})

test('a backup key that others can read is refused', () => {
  const file = join(folder, 'open-key.json')
  openBackupKey(file)
  chmodSync(file, 0o604)
  expect(() => readBackupKey(file)).toThrow('chmod 600')
  expect(existsSync(file)).toBe(true)
})
