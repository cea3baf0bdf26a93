import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import {
  type Change,
  openOwner,
  savePersons,
  saveTeams,
  saveUnits,
  undoChanges,
} from '#modules/organisation/index.ts'
import {
  contacts,
  memberships,
  personContacts,
  personSkills,
  persons,
  teams,
  units,
} from '#modules/organisation/schema.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aPerson, aPhone, aTeam, openedPersons } from '#test/support/factories/organisation.ts'
import { everybody, permit } from '#test/support/permits.ts'
import { at, save } from './bulk-lists.ts'

async function rows(app: TestApp) {
  const { db } = app
  const { keys } = app.context
  const plain = (all: object[]) => all.map((row) => JSON.stringify({ ...row, version: undefined })).sort()
  return {
    units: plain(await db.read.select().from(units)),
    teams: plain(await db.read.select().from(teams)),
    persons: plain(await openedPersons(app)),
    contacts: plain(await db.read.select().from(contacts)),
    personContacts: plain(
      (await db.read.select().from(personContacts)).map((link) => ({
        ...link,
        ownerName: openOwner(keys, link),
      })),
    ),
    memberships: plain(await db.read.select().from(memberships)),
    personSkills: plain(await db.read.select().from(personSkills)),
  }
}

test('undoing a bulk change restores exactly what was before', async () => {
  await using app = await startApp({ worker: false })
  const oldTeam = await aTeam(app.db)
  const shared = aPhone()
  const known = await aPerson(app, { name: '钱进', phone: shared, teamId: oldTeam.id })
  await app.as('city_office').delete(`/api/teams/${oldTeam.id}/members/${known.id}`).expect(204)
  const before = await rows(app)
  const changes: Change[] = []
  await app.db.transaction(async (tx) => {
    const newUnits = await saveUnits(
      tx,
      [{ name: '新单位' }, { id: oldTeam.unitId!, name: '改名单位', staffCount: 9 }],
      at,
    )
    const newTeams = await saveTeams(
      tx,
      [
        { name: '新队', unitId: newUnits.ids[0] },
        { id: oldTeam.id, name: '改名队' },
      ],
      at,
    )
    const people = await savePersons(
      tx,
      app.context.keys,
      [
        {
          id: known.id,
          name: '钱 进',
          residence: '溪湖区',
          memberships: [{ teamId: oldTeam.id, role: 'deputy' }],
          skills: ['英语'],
        },
        ...Array.from({ length: 450 }, (_, n) => ({
          name: `新人${n}`,
          contacts: [{ kind: 'phone' as const, value: n % 2 ? shared : aPhone() }],
          memberships: [{ teamId: newTeams.ids[0]! }],
        })),
      ],
      { permits: everybody, at },
    )
    const led = await saveTeams(
      tx,
      [{ id: newTeams.ids[0], name: '新队', leaderPersonId: people.ids[1] }],
      at,
    )
    for (const saved of [newUnits, newTeams, people, led]) changes.push(...saved.changes)
  })
  expect((await rows(app)).persons).toHaveLength(451)
  const kept = JSON.parse(JSON.stringify(changes)) as Change[]
  await app.db.transaction((tx) => undoChanges(tx, app.context.keys, kept, { at, permit }))
  expect(await rows(app)).toEqual(before)
})

test('a bulk change is not undone after its rows were used', async () => {
  await using app = await startApp({ worker: false })
  const team = await aTeam(app.db)
  const first = await save(app, [{ name: '孙丽', memberships: [{ teamId: team.id }] }])
  const { body } = await app
    .as('city_office')
    .patch(`/api/persons/${first.ids[0]}`)
    .set('if-match', '"v1"')
    .send({ residence: '南芬区' })
  expect(body.version).toBe(2)
  const undo = (changes: Change[]) =>
    app.db.transaction((tx) => undoChanges(tx, app.context.keys, changes, { at, permit }))
  await expect(undo(first.changes)).rejects.toMatchObject({ kind: 'conflict', code: 'changes.edited_since' })

  const second = await app.db.transaction((tx) => saveUnits(tx, [{ name: '有人依附' }], at))
  await aTeam(app.db, { unitId: second.ids[0] })
  await expect(undo(second.changes)).rejects.toMatchObject({ kind: 'conflict', code: 'changes.in_use' })
  expect(await app.db.read.$count(persons)).toBe(1)
})

test('a list can be undone after a later list was undone', async () => {
  await using app = await startApp({ worker: false })
  const team = await aTeam(app.db)
  const first = await save(app, [{ name: '郑爽', memberships: [{ teamId: team.id }] }])
  const second = await save(app, [{ id: first.ids[0]!, name: '郑爽', residence: '本溪县', skills: ['手语'] }])
  const undo = (changes: Change[]) =>
    app.db.transaction((tx) => undoChanges(tx, app.context.keys, changes, { at, permit }))
  await expect(undo(first.changes)).rejects.toMatchObject({ code: 'changes.edited_since' })
  await undo(second.changes)
  await undo(first.changes)
  expect(await app.db.read.$count(persons)).toBe(0)
})

test('a number that another person shares meanwhile stays when its list is undone, and so does a STOP', async () => {
  await using app = await startApp({ worker: false })
  const team = await aTeam(app.db)
  const phone = aPhone()
  const of = (name: string, value: string) => ({
    ...{ name, contacts: [{ kind: 'phone' as const, value }], memberships: [{ teamId: team.id }] },
  })
  const list = await save(app, [of('周杰', phone), of('周静', aPhone()), of('周平', aPhone())])
  const sharer = await aPerson(app, { name: '周父', phone })
  const [stopped] = await app.db.read
    .select({ id: personContacts.contactId })
    .from(personContacts)
    .where(eq(personContacts.personId, list.ids[1]!))
  await app.db.transaction((tx) =>
    tx.update(contacts).set({ optedOutAt: at }).where(eq(contacts.id, stopped!.id)),
  )
  await app.db.transaction((tx) => undoChanges(tx, app.context.keys, list.changes, { at, permit }))
  const { body } = await app.as('city_office').get(`/api/persons/${sharer.id}`)
  expect(body.contacts).toMatchObject([{ kind: 'phone', shared: 1 }])
  // Entered again, it would be written to as if it had never said so.
  const left = await app.db.read.select().from(contacts)
  expect(left).toHaveLength(2)
  expect(left.find(({ id }) => id === stopped!.id)?.optedOutAt).not.toBe(null)
})
