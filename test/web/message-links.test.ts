/** Where messages of command and inspection lead: to a page that is there, and that whoever gets them may read. */
import { expect, test } from 'vitest'
import { digestKind } from '#modules/command/escalation/kinds.ts'
import { appealDecided, rankingDrafted } from '#modules/inspection/messages/kinds.ts'
import { paths, phonePaths } from '#src/web/paths.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const app = sharedApp()

/** The page of each kind, what it reads first, and whoever may get it: liaisons, heads, and who is asked to check. */
const links: Record<string, { page: string; reads: string; roles: readonly string[] }> = {
  [digestKind]: {
    page: phonePaths.tasks(),
    reads: '/api/my/tasks',
    roles: ['unit_administrator', 'task_officer'],
  },
  [rankingDrafted]: {
    page: paths.rankings(),
    reads: '/api/rankings',
    roles: ['unit_administrator', 'task_officer', 'district_office'],
  },
  [appealDecided]: {
    page: paths.appeals(),
    reads: '/api/appeals',
    roles: ['unit_administrator', 'task_officer', 'district_office'],
  },
}

interface Template {
  kind: string
  variables: { name: string; sample: string }[]
}

test('every kind of message of command and inspection leads to a page that its readers may read', async () => {
  const { body } = await app.as('city_office').get('/api/message-templates').expect(200)
  const { id: unitId } = await aUnit(app.db)
  const found = new Map(body.items.map((each: Template) => [each.kind, each]))
  for (const [kind, { page, reads, roles }] of Object.entries(links)) {
    const template = found.get(kind) as Template
    const link = template.variables.find(({ name }) => name === 'link')
    const { pathname } = new URL(link!.sample)
    const answer = await app.request.get(pathname)
    const led = answer.status === 302 ? new URL(answer.headers.location!, link!.sample).pathname : pathname
    expect([kind, led]).toEqual([kind, page])
    for (const role of roles) {
      const over = role === 'district_office' ? { districtCode: '210502' } : { unitId }
      const who = app.as(await app.signIn({ role, ...over } as never))
      const { status } = await who.get(reads)
      expect([kind, role, status]).toEqual([kind, role, 200])
    }
  }
})
