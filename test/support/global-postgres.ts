import { rmSync } from 'node:fs'
import pg from 'pg'
import { migrate } from '#platform/database/migrate.ts'
import type { Provided } from './databases.ts'
import { startPostgres } from './postgres.ts'
import { scratchFolder } from './scratch.ts'

/** Starts PostgreSQL unless TEST_DATABASE_URL names one, and makes the database all test databases are copied from. */
export async function setup(project: Provided): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL
  const own = given ? undefined : await startPostgres({ inMemory: true })
  const server = given ?? (own?.url as string)
  const template = `muster_template_${process.pid}`
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  await admin.query(`create database ${template} template template0 encoding 'UTF8' locale 'C.UTF-8'`)
  const url = new URL(server)
  url.pathname = template
  await migrate(url.href)
  const folder = scratchFolder('muster-test-')
  project.provide('databases', { folder, template, copyFiles: own?.inMemory ?? false, server })
  return async () => {
    rmSync(folder, { recursive: true, force: true })
    // Those of services that were kept for another test.
    const left = await admin.query('select datname from pg_database where starts_with(datname, $1)', [
      `${template}_`,
    ])
    for (const { datname } of left.rows) await admin.query(`drop database if exists ${datname} with (force)`)
    await admin.query(`drop database if exists ${template} with (force)`)
    await admin.end()
    await own?.stop()
  }
}
