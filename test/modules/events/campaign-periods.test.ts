import { expect, test } from 'vitest'
import { sharedApp } from '#test/support/shared-app.ts'

const app = sharedApp()

test('months and weeks belong to a campaign and begin within it', async () => {
  const create = (campaign: object) => app.as('city_office').post('/api/campaigns').send(campaign)
  const { body: year } = await create({
    name: '创城攻坚',
    startsOn: '2026-03-01',
    endsOn: '2026-12-31',
  }).expect(201)
  const { body: month } = await create({
    ...{
      kind: 'month',
      parentId: year.id,
      name: '三月 环境整治',
      startsOn: '2026-03-01',
      endsOn: '2026-03-31',
    },
  }).expect(201)
  const week = {
    kind: 'week',
    parentId: month.id,
    name: '楼道清理周',
    startsOn: '2026-03-30',
    endsOn: '2026-04-05',
  }
  expect((await create(week).expect(201)).body).toMatchObject({ kind: 'week', parent: { id: month.id } })
  for (const wrong of [
    { ...week, startsOn: '2026-04-01' },
    { ...week, parentId: null },
    { ...week, kind: 'month' },
    { ...week, kind: 'campaign' },
  ])
    expect((await create(wrong)).body.code).toBe('campaign.parent_unfit')
  const shorter = await app
    .as('city_office')
    .patch(`/api/campaigns/${month.id}`)
    .set('if-match', '"v1"')
    .send({ endsOn: '2026-03-20' })
  expect(shorter.body.code).toBe('campaign.parent_unfit')
  const { body } = await app.as('city_office').get(`/api/campaigns?parentId=${month.id}`).expect(200)
  expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['楼道清理周'])
})
