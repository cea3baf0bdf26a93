import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { getTableColumns } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { sealedColumns } from '#src/sealed.ts'

const source = resolve(import.meta.dirname, '../../../src')

/** Every `table/column/` that some file builds a place from. */
function placesInSource(): Set<string> {
  const places = new Set<string>()
  for (const name of readdirSync(source, { recursive: true }) as string[]) {
    if (!name.endsWith('.ts')) continue
    const text = readFileSync(join(source, name), 'utf8')
    if (!/\.(encrypt|decrypt)\(/.test(text)) continue
    for (const [, place] of text.matchAll(/`([a-z_]+\/[a-zA-Z_]+)\/\$\{/g)) places.add(place as string)
  }
  return places
}

test('a rotation of keys knows every column that anything is encrypted for', () => {
  expect(sealedColumns.map(({ place }) => place).sort()).toEqual([...placesInSource()].sort())
})

test('every listed column is there, beside an id', () => {
  for (const { table, column } of sealedColumns) {
    expect(Object.keys(getTableColumns(table))).toEqual(expect.arrayContaining(['id', column]))
  }
})
