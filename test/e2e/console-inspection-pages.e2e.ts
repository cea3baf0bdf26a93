/** Every page of the first half of the area 督查: for the office and for whoever owes answers, in both languages, at each width. */
import { complaintsOf, enter } from './console.ts'
import { expect, test } from './service.ts'
import { button } from './support/clicks.ts'
import { drawn } from './support/drawn.ts'
import { lookAtAll, type PageToSee } from './support/every-page.ts'
import { type InspectionGround, inspectionGround } from './support/inspection-ground.ts'

test.use({ viewport: { width: 1440, height: 900 }, alone: 'inspection', actionTimeout: 20_000 })

let ground: InspectionGround

test.beforeAll(async ({ service }) => {
  ground = await inspectionGround(service)
})

/** The pages there are, those of a unit first. */
const ofUnits = {
  rounds: {
    path: () => '/inspection',
    title: { zh: '督查轮次', en: 'Rounds of inspection' },
    shows: '二月市容测评',
  },
  round: { path: () => `/inspection/rounds/${ground.roundId}`, title: '二月市容测评', shows: '溪湖区' },
  sample: {
    path: () => `/inspection/rounds/${ground.roundId}/sample`,
    title: { zh: '样本与走访', en: 'Sample and visits' },
    shows: /BX-\d\d/,
  },
  proof: {
    path: () => `/inspection/rounds/${ground.roundId}/proof`,
    title: { zh: '抽样核验', en: 'Check the draw' },
    shows: '✓',
  },
  points: {
    path: () => '/inspection/points',
    title: { zh: '测评点位', en: 'Points of inspection' },
    shows: 'BX-00',
  },
  map: { path: () => '/inspection/points/map', title: { zh: '点位地图', en: 'Map of points' } },
  point: { path: () => `/inspection/points/${ground.pointId}`, title: '溪湖区第4点位' },
  schemes: {
    path: () => '/inspection/schemes',
    title: { zh: '测评体系', en: 'Schemes' },
    shows: '市容环境测评体系',
  },
  scheme: { path: () => `/inspection/schemes/${ground.schemeId}`, title: '市容环境测评体系', shows: 'HJ-01' },
} satisfies Record<string, PageToSee>

const pages = {
  ...ofUnits,
  'new-round': { path: () => '/inspection/rounds/new', title: { zh: '新建轮次', en: 'New round' } },
  'new-point': { path: () => '/inspection/points/new', title: { zh: '登记点位', en: 'New point' } },
  draft: { path: () => `/inspection/schemes/${ground.draftId}`, title: '市容环境测评体系', shows: 'HJ-01' },
  matrix: {
    path: () => `/inspection/schemes/${ground.draftId}/matrix`,
    title: { zh: '责任分工表', en: 'Who answers' },
    shows: 'HJ-01',
  },
} satisfies Record<string, PageToSee>

for (const { who, locale, width } of drawn([
  { who: 'clerk', locale: 'en-GB', width: 1440 },
  { who: 'clerk', locale: 'en-GB', width: 1280 },
  { who: 'clerk', locale: 'zh-CN', width: 1280 },
  // A window of 1440 with everything 180 % as large.
  { who: 'clerk', locale: 'zh-CN', width: 800 },
  { who: 'liaison', locale: 'zh-CN', width: 1440 },
] as const))
  test.describe(`the ${who}, in ${locale} at ${width}`, () => {
    test.use({ locale, viewport: { width, height: 900 } })

    test('reads every page', async ({ page, service }) => {
      const complaints = complaintsOf(page, service)
      await enter(page, service, ground[who], '/inspection')
      await lookAtAll(
        page,
        service,
        `inspection-${who}-${locale}-${width}`,
        who === 'clerk' ? pages : ofUnits,
      )
      expect(complaints).toEqual([])
    })
  })

test('whoever owes a unit its answers looks and changes nothing', async ({ page, service }) => {
  const { rounds, points, schemes, scheme, round } = pages
  await enter(page, service, ground.liaison, rounds.path())
  for (const { path } of [rounds, points, schemes, scheme, round]) {
    await page.goto(service.url + path())
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.locator('.skeleton')).toHaveCount(0)
    for (const act of ['新建轮次', '登记点位', '新建测评体系', '添加标准', '发布', '抽样', '结束本轮'])
      await expect(button(page, act)).toHaveCount(0)
  }
  await expect(page.getByText('您可以查看这一轮')).toBeVisible()
})
