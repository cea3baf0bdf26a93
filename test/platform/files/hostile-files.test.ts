/** Each of the hostile files is refused by name or read, and the service goes on. `npm run test:hostile` reads all of them. */
import { expect, test } from 'vitest'
import { readZoneFile } from '#modules/imports/read/tables/read-zone-file.ts'
import { DomainError } from '#platform/errors.ts'
import { readWorkbook } from '#platform/files/index.ts'
import { type HostileFile, hostileFiles } from '#test/support/factories/hostile-files.ts'

/** What becomes of a file: the code of its refusal, or `read`. */
async function fateOf({ name, make }: HostileFile): Promise<string> {
  try {
    await (name.endsWith('.geojson') ? readZoneFile(name, make()) : readWorkbook(make()))
    return 'read'
  } catch (error) {
    if (error instanceof DomainError) return error.code
    throw error
  }
}

/** Some of each kind; all of them take minutes. */
const drawn = hostileFiles.filter((_, at) => at % 5 === 0)

test('there are more than fifty, all different', () => {
  expect(hostileFiles.length).toBeGreaterThan(50)
  expect(new Set(hostileFiles.map(({ name }) => name)).size).toBe(hostileFiles.length)
})

test.each(process.env.HOSTILE_ALL ? hostileFiles : drawn)('$name', async (file) => {
  expect(await fateOf(file)).toMatch(/^(read|file\.\w+|geojson\.\w+|table\.\w+)$/)
  expect((await readWorkbook(Buffer.from('姓名\n王芳\n'))).sheets[0]?.rows).toHaveLength(2)
})
