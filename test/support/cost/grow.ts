/** Makes a small world on SQLite large: each row of each table is copied many times, by SQL alone. */
import { globSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { getTableName, is, Table } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import { targetOf } from '#platform/database/url.ts'

const source = resolve(import.meta.dirname, '../../../src')

/**
 * What stays one while everything on it grows, in every second copy: the lists of one unit, one event, one import get
 * long. In the other copies these are copied, too, and the city has more of them.
 */
const containers = new Set(['units', 'campaigns', 'events', 'users', 'imports', 'import_sheets', 'plans'])

/** What tells one thing from another beside its id: no two copies are of one human, one number or one name. */
const telling = new Set(['human_id', 'identity_index', 'last4_index', 'phone_index', 'search_name', 'pinyin'])

interface Column {
  name: string
  type: string
  /** The table whose id it holds. */
  of: string | undefined
}

interface Plan {
  table: string
  columns: Column[]
  key: string[]
  unique: string[][]
}

async function plans(): Promise<Plan[]> {
  const files = globSync('{platform,modules}/*/schema.ts', { cwd: source })
  const schemas = await Promise.all(files.map((file) => import(join(source, file)) as Promise<object>))
  const tables = schemas.flatMap((schema) => Object.values(schema).filter((value) => is(value, Table)))
  return tables.map((table) => {
    const { columns, foreignKeys, indexes, primaryKeys, uniqueConstraints } = getTableConfig(table as never)
    const nameOf = (column: unknown) => toSnakeCase((column as { name: string }).name)
    const of = new Map<string, string>()
    for (const key of foreignKeys) {
      const { columns, foreignTable } = key.reference()
      of.set(nameOf(columns[0]), getTableName(foreignTable))
    }
    return {
      table: getTableName(table),
      columns: columns.map((column) => {
        const name = nameOf(column)
        return { name, type: column.getSQLType(), of: of.get(name) }
      }),
      key: [
        ...columns.filter(({ primary }) => primary),
        ...primaryKeys.flatMap(({ columns }) => columns),
      ].map(nameOf),
      unique: [
        ...columns.filter(({ isUnique }) => isUnique).map((column) => [nameOf(column)]),
        ...uniqueConstraints.map(({ columns }) => columns.map(nameOf)),
        ...indexes.filter(({ config }) => config.unique).map(({ config }) => config.columns.map(nameOf)),
      ],
    }
  })
}

/** How the id of a copy begins, in SQL: `00` and its number. Those of this century begin with `01`. */
const prefix = `printf('%04x', copies.k)`

/** The id of which this is a copy; in a place of something encrypted, too. */
export function originalOf(text: string, anyId: string): string {
  return text.replaceAll(/\b00[0-9a-f]{2}(?=[0-9a-f]{4}-)/g, anyId.slice(0, 4)).replaceAll(/~\d+/g, '')
}

/** The value of a column in copy `k`: another one than in any other copy. */
function altered({ name, type }: Column): string {
  const own = `t."${name}"`
  if (/^(text|varchar)/.test(type))
    return `case when length(${own}) = 36 then ${prefix} || substr(${own}, 5) else ${own} || '~' || copies.k end`
  if (/^(integer|bigint|bigserial)/.test(type)) return `${own} + copies.k * 100000`
  if (type === 'blob') return `cast(${own} || '~' || copies.k as blob)`
  return own
}

function statementOf({ table, columns, key, unique }: Plan, from: number, to: number): string {
  const isContainer = containers.has(table)
  /** Columns that name the row itself or something that is copied with it. */
  const own = new Set(
    columns.filter(({ name, of }) => of || key.includes(name) || telling.has(name)).map(({ name }) => name),
  )
  const kept = ({ of }: Column) => of !== undefined && containers.has(of)
  const byName = new Map(columns.map((column) => [column.name, column]))
  // A unique index needs a column that differs in every copy.
  for (const names of [key, ...unique]) {
    const found = names.flatMap((name) => byName.get(name) ?? [])
    if (found.length > 0 && !found.some((column) => own.has(column.name) && !kept(column)))
      own.add((found.findLast((column) => !kept(column)) ?? (found.at(-1) as Column)).name)
  }
  const values = columns.map((column) => {
    if (!own.has(column.name)) return `t."${column.name}"`
    if (!kept(column)) return altered(column)
    return `case when copies.k % 2 = 0 then t."${column.name}" else ${altered(column)} end`
  })
  const first = columns.find(({ name, type }) => key.includes(name) && /^text/.test(type))
  const where = [
    first ? `t."${first.name}" not like '00%' and t."${first.name}" not like '%~%'` : 'true',
    isContainer ? 'copies.k % 2 = 1' : 'true',
  ].join(' and ')
  const names = columns.map(({ name }) => `"${name}"`).join(', ')
  return `with recursive copies (k) as (select ${from} union all select k + 1 from copies where k < ${to})
    insert into "${table}" (${names}) select ${values.join(', ')} from "${table}" t cross join copies
    where ${where} on conflict do nothing`
}

/** Adds the copies numbered `from` to `to`, at most 255, of every row that is no copy itself. */
export async function grow(databaseUrl: string, from: number, to: number): Promise<void> {
  const statements = (await plans()).map((plan) => statementOf(plan, from, to))
  const { file } = targetOf(databaseUrl) as { file: string }
  const connection = new Sqlite(file)
  connection.pragma('foreign_keys = off')
  connection.exec(['begin', ...statements, 'commit'].join(';\n'))
  connection.close()
}
