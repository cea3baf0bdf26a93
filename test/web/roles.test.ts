import { expect, test } from 'vitest'
import type { RoleName } from '#modules/accounts/words.ts'
import { adminRoomsOf } from '#src/web/admin/rooms.ts'
import { areas, areasOf } from '#src/web/areas.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const app = sharedApp()

/** What each entry of a menu reads first: whoever has the entry is answered, and whoever has it not is refused. */
const reads: Record<string, readonly string[]> = {
  home: ['/api/agenda', '/api/first-steps'],
  events: ['/api/events'],
  grid: ['/api/zones.geojson', '/api/zones', '/api/responsibilities', '/api/responsibility-gaps?level=unit'],
  city: ['/api/books'],
  inspection: ['/api/rounds', '/api/points', '/api/schemes'],
  users: ['/api/users'],
  audit: ['/api/audit'],
  templates: ['/api/message-templates'],
  alarms: ['/api/attention'],
  workdays: ['/api/workday-years'],
  jobs: ['/api/jobs'],
}

/** Read by more than those who have the page to change it. */
const wider = ['templates', 'workdays']

/** Main menu, and the pages of 系统, by role. A leader works on the phone, and finds the same areas on a computer. */
const menus: Record<RoleName, { menu: string[]; admin: string[] }> = {
  city_office: {
    menu: ['home', 'events', 'people', 'grid', 'city', 'inspection', 'admin'],
    admin: ['users', 'confirmations', 'templates', 'workdays', 'health'],
  },
  district_office: {
    menu: ['home', 'events', 'people', 'grid', 'city', 'inspection', 'admin'],
    admin: ['users'],
  },
  // A unit has its own work in the menu; what it may look at besides is reached from there.
  unit_administrator: { menu: ['home', 'people'], admin: ['users'] },
  team_leader: { menu: ['home', 'people'], admin: [] },
  inspector: { menu: ['home', 'events', 'people', 'grid', 'inspection'], admin: [] },
  counsellor: { menu: ['home', 'events', 'people', 'grid', 'city', 'inspection'], admin: [] },
  responsible_leader: { menu: ['home', 'events', 'people', 'grid', 'city', 'inspection'], admin: [] },
  task_officer: { menu: ['home', 'city'], admin: [] },
  viewer: { menu: ['home', 'events', 'grid'], admin: [] },
  system_administrator: { menu: ['admin'], admin: ['users', 'confirmations', 'jobs', 'health'] },
  auditor: { menu: ['people', 'admin'], admin: ['users', 'audit', 'alarms', 'confirmations', 'health'] },
}

test('each role has its entries in the menu, each of which the service answers, and no other', async () => {
  const { id: unitId } = await aUnit(app.db)
  const { id: teamId } = await aTeam(app.db, { unitId })
  const overOf: Partial<Record<RoleName, object>> = {
    district_office: { districtCode: '210502' },
    unit_administrator: { unitId },
    team_leader: { teamId },
    task_officer: { unitId },
  }
  const wrong: string[] = []
  for (const role of Object.keys(menus) as RoleName[]) {
    const who = app.as(await app.signIn({ role, ...overOf[role] }))
    const mine = (await who.get('/api/me').expect(200)).body
    const { permissions } = mine
    const has = (needed: readonly string[]) => needed.some((each) => permissions.includes(each))
    const menu = areasOf(mine, false).map(({ name }) => name)
    const owing = areasOf(mine, true).map(({ name }) => name)
    if (role === 'unit_administrator') expect(owing).toEqual(['home', 'people', 'city'])
    else expect([role, owing]).toEqual([role, menu])
    const admin = adminRoomsOf(permissions).map(({ name }) => name)
    expect([role, { menu, admin }]).toEqual([role, menus[role]])
    const seen = areas.filter((area) => has(area.permissions)).map(({ name }) => name)
    const shown = new Set<string>([...seen, ...admin])
    for (const [entry, paths] of Object.entries(reads)) {
      // The agenda and the first steps are everybody's, and empty for whoever has nothing to do with events.
      if (!shown.has(entry) && (entry === 'home' || wider.includes(entry))) continue
      for (const path of paths) {
        const { status } = await who.get(path)
        if (status !== (shown.has(entry) ? 200 : 403)) wrong.push(`${role} ${path} ${status}`)
      }
    }
  }
  expect(wrong).toEqual([])
})

test('a viewer reads no person anywhere, and an auditor reads nothing but what was done', async () => {
  const people = ['/api/persons', '/api/person-duplicates', '/api/person-requests', '/api/imports']
  for (const role of [
    'viewer',
    'inspector',
    'responsible_leader',
    'auditor',
    'system_administrator',
  ] as const) {
    const who = app.as(await app.signIn({ role }))
    for (const path of people) {
      const { status } = await who.get(path)
      expect([role, path, status]).toEqual([role, path, 403])
    }
  }
})
