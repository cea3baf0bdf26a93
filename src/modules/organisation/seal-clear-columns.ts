import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Step, StepDatabase } from '#platform/database/migrate.ts'
import { sealGuardian, sealOwner, sealParticulars } from './sealed.ts'

const batch = 500

type Row = Record<string, string | null> & { id: string }

async function each(
  db: StepDatabase,
  select: (after: string) => string,
  work: (row: Row) => Promise<void>,
): Promise<void> {
  for (let after = ''; ; ) {
    const rows = (await db.rows(`${select('?')} order by id limit ${batch}`, [after])) as Row[]
    for (const row of rows) await work(row)
    if (rows.length < batch) return
    after = rows.at(-1)!.id
  }
}

/**
 * A migration step: encrypts birth dates, residences and guardians' names that were stored in clear. It uses the tables
 * as they were at that version, and runs before the clear columns are dropped.
 * @param keys called only if there is something to encrypt
 * @param at the time of the migration
 */
export function sealClearColumns(keys: () => KeyRing, at: DateTime): Step {
  return async (db) => {
    const people = (after: string) =>
      `select id, cast(birth_date as text) as birth_date, residence from persons
       where id > ${after} and (birth_date is not null or residence is not null)`
    await each(db, people, async ({ id, birth_date, residence }) => {
      const stated = { birthDate: birth_date ?? null, residence: residence ?? null }
      const { particulars, birthYear, adult } = sealParticulars(keys(), id, stated, at)
      await db.run('update persons set particulars = ?, birth_year = ?, adult = ? where id = ?', [
        ...[particulars, birthYear, adult],
        id,
      ])
    })
    const owners = (after: string) =>
      `select id, owner_name from person_contacts where id > ${after} and owner_name is not null`
    await each(db, owners, ({ id, owner_name }) =>
      db.run('update person_contacts set owner_name = ? where id = ?', [
        sealOwner(keys(), id, owner_name ?? null),
        id,
      ]),
    )
    const guardians = (after: string) => `select id, guardian_name from guardian_consents where id > ${after}`
    await each(db, guardians, ({ id, guardian_name }) =>
      db.run('update guardian_consents set guardian_name = ? where id = ?', [
        sealGuardian(keys(), id, guardian_name ?? ''),
        id,
      ]),
    )
    return ['persons', 'person_contacts', 'guardian_consents']
  }
}
