/** The console's area 创城, by role: the office's projects, templates, notices and campaigns, a counsellor's and a leader's page. */
import sharp from 'sharp'
import { activate, demoPassword, invite } from '../../scripts/day/offices.ts'
import { aClerk, type Clerk, complaintsOf, enter, expectGood, pictured } from './console.ts'
import { type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'
import { choose } from './support/clicks.ts'

test.use({ viewport: { width: 1440, height: 900 }, alone: 'city' })

let office: Office
let clerk: Clerk
let counsellor: Clerk
let leader: Clerk
let liaison: Clerk
let project: string
let list: string
let notice: string
let empty: string
let taskId: string

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  clerk = await aClerk(office, 'city_office')
  const { client, unitId, teamId } = office
  const owing = await client.post('/api/units', {
    name: '平山区房产局',
    kind: 'government',
    districtCode: '210502',
  })
  const other = await client.post('/api/units', {
    name: '平山区商务局',
    kind: 'government',
    districtCode: '210502',
  })
  const person = await client.post('/api/persons', { name: '欧阳正', memberships: [{ teamId }] })
  const compounds = []
  for (const name of ['永丰小区', '北地小区', '站前小区'])
    compounds.push(await client.post('/api/zones', { name, kind: 'compound' }))
  for (const { id: zoneId } of compounds) {
    await client.post('/api/responsibilities', {
      zoneId,
      level: 'unit',
      unitId: owing.id,
      validFrom: '2026-01-01',
    })
    await client.post('/api/responsibilities', {
      zoneId,
      level: 'leader',
      personId: person.id,
      validFrom: '2026-01-01',
    })
  }
  const book = async (kind: string, title: string, tasks: object[], more: object = {}) => {
    const { id } = await client.post('/api/books', { kind, title, issuerUnitId: unitId, ...more })
    const made: string[] = []
    for (const [at, task] of tasks.entries()) {
      const due = { dueKind: 'dated', dueClass: 'workdays:15' }
      const stated = { kind: 'item', outline: `${at + 1}`, unitId: owing.id, ...due, ...task }
      made.push((await client.post(`/api/books/${id}/tasks`, stated)).id)
    }
    return { id: id as string, made }
  }
  const market = await book('project', '明山市场改造', [
    { kind: 'stage', text: '摊位改造', target: 160, measure: '个摊位', unitId: other.id },
    { kind: 'stage', text: '消防验收', unitId: other.id },
  ])
  project = market.id
  await client.put(`/api/books/${project}/publication`, {}, '"v1"')
  const visits = await book('work_list', '领导包保走访', [
    { kind: 'leader_visit', text: '走访永丰小区', zoneId: compounds[0].id, leaderPersonId: person.id },
    { text: '公示包保责任牌', acceptance: '单元门口可见' },
    { text: '清理楼道堆物', acceptance: '楼道无堆物' },
  ])
  list = visits.id
  taskId = visits.made[2]!
  await client.put(`/api/books/${list}/publication`, {}, '"v1"')
  notice = (
    await book('notice', '关于三月创城任务的通报', [{ kind: 'reply', text: '书面说明原因' }], {
      documentNumber: '本文明办〔2026〕3号',
    })
  ).id
  empty = (await book('year_plan', '2027年度计划', [])).id
  const account = (login: string, role: string, more: object) =>
    invite(client, { login, name: '王同志', what: '', role, ...more } as never)
  counsellor = await account('counsellor', 'counsellor', { districtCode: '210502' })
  liaison = await account('liaison', 'unit_administrator', { unitId: owing.id })
  const user = await client.post('/api/users', {
    ...{ login: 'leader', name: '欧阳正', personId: person.id },
    grants: [{ role: 'responsible_leader', districtCode: '210502' }],
  })
  const { link } = await client.post(`/api/users/${user.id}/activations`, { deliver: 'list' })
  await activate(client.as(undefined), link)
  leader = { login: 'leader', password: demoPassword }
})

test('a project shows its amounts, a template is previewed and expanded once, tasks are carried over', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, `/city/books/${project}`)
  await expect(page.getByText('0/160个摊位').first()).toBeVisible()
  await page.getByRole('button', { name: '添加任务' }).click()
  await expect(page.getByRole('dialog').getByText('前置任务')).toBeVisible()
  await expectGood(page)
  await pictured(page, 'city-stage-zh')
  await page.goto(`${service.url}/city/books/${project}`)
  await expect(page.getByText('0/160个摊位').first()).toBeVisible()
  await expectGood(page)
  await pictured(page, 'city-project-zh')
  await page.goto(`${service.url}/city/books/${list}/templates`)
  await page.getByRole('button', { name: '新建模板' }).click()
  await page.getByRole('textbox', { name: '任务内容' }).fill('每月走访小区一次')
  await expectGood(page)
  await pictured(page, 'city-template-new-zh')
  await page.getByRole('dialog').getByRole('button', { name: '新建', exact: true }).click()
  await page.getByRole('button', { name: '生成任务' }).click()
  await expect(page.getByText('新增3项，改派0项，不变0项，不再对应0项')).toBeVisible()
  await pictured(page, 'city-expand-zh')
  await page.getByRole('dialog').getByRole('button', { name: '生成3项' }).click()
  await expect(page.getByText('已生成任务')).toBeVisible()
  await page.getByRole('button', { name: '生成任务' }).click()
  await expect(page.getByText('新增0项，改派0项，不变3项，不再对应0项')).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: '返回' }).click()
  await expectGood(page)
  await pictured(page, 'city-templates-zh')
  await page.goto(`${service.url}/city/books/${list}`)
  await page.getByRole('button', { name: '结转到年度计划' }).click()
  await expect(page.getByText('将本清单中未办结的6项任务结转到年度计划')).toBeVisible()
  await expectGood(page)
  await pictured(page, 'city-carry-zh')
  expect(complaints).toEqual([])
})

test('figures go into a notice, which is taken along as a file; the chart is a PDF; months have weeks', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, `/city/books/${notice}`)
  await page.getByRole('button', { name: '写入数据' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '写入数据' }).click()
  await expect(page.getByRole('table', { name: '通报数据' })).toContainText('平山区房产局')
  await expectGood(page)
  await pictured(page, 'city-notice-zh')
  await page.getByRole('button', { name: '导出', exact: true }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Word文档' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('演练-关于三月创城任务的通报.docx')
  await page.goto(`${service.url}/city/books/${list}/chart`)
  await expect(page.getByRole('row', { name: /走访永丰小区/ })).toBeVisible()
  await expectGood(page)
  await pictured(page, 'city-chart-qr-zh')
  const [chart] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载A1挂图' }).click(),
  ])
  expect(chart.suggestedFilename()).toBe('演练-领导包保走访-A1.pdf')
  await page.goto(`${service.url}/city/campaigns`)
  await page.getByRole('button', { name: '新建专项行动' }).first().click()
  await page.getByRole('textbox', { name: '名称' }).fill('创城攻坚年')
  await page.getByLabel('开始日期').fill('2026-01-01')
  await page.getByLabel('结束日期').fill('2026-12-31')
  await page.getByRole('dialog').getByRole('button', { name: '新建', exact: true }).click()
  await page.getByRole('button', { name: '添加月主题' }).click()
  await page.getByRole('textbox', { name: '名称' }).fill('三月 环境卫生整治')
  await page.getByLabel('开始日期').fill('2026-03-01')
  await page.getByLabel('结束日期').fill('2026-03-31')
  await page.getByRole('dialog').getByRole('button', { name: '新建', exact: true }).click()
  await expect(page.getByText('三月 环境卫生整治', { exact: true })).toBeVisible()
  await expectGood(page)
  await pictured(page, 'city-campaigns-zh')
  expect(complaints).toEqual([])
})

test('a working body gets its members and is closed again; a book is ended once nothing of it is owed', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, '/city/bodies')
  await page.getByRole('button', { name: '设立工作机构' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '名称' }).fill('环境卫生组')
  await dialog.getByRole('spinbutton').fill('3')
  await expectGood(page)
  await dialog.getByRole('button', { name: '新建', exact: true }).click()
  const body = page.getByRole('region', { name: '环境卫生组' })
  await expect(body).toContainText('编号3')
  const add = async (role: string, who: string) => {
    await body.getByRole('button', { name: '添加成员' }).click()
    await choose(page, '职责', role)
    await choose(page, role === '组长' ? '人员' : '单位', who)
    await dialog.getByRole('button', { name: '添加成员' }).click()
    await expect(dialog).toBeHidden()
    await expect(body).toContainText(who)
  }
  await add('牵头单位', '平山区房产局')
  await add('组长', '欧阳正')
  await expectGood(page)
  await pictured(page, 'city-bodies-zh')
  await body.getByRole('button', { name: '移除 欧阳正' }).click()
  await dialog.getByRole('button', { name: '移除' }).click()
  await expect(body).not.toContainText('欧阳正')
  await body.getByRole('button', { name: '撤销' }).click()
  await dialog.getByRole('button', { name: '撤销' }).click()
  await expect(body).toBeHidden()
  await page.getByRole('checkbox', { name: '查看已撤销的' }).click()
  await expect(body.getByRole('button', { name: '恢复' })).toBeVisible()
  await page.goto(`${service.url}/city/books/${list}`)
  await page.getByRole('button', { name: '结束清单' }).click()
  await expect(dialog.getByText(/还有\d+项未办结/)).toBeVisible()
  await expect(dialog.getByRole('button', { name: '结束清单' })).toBeDisabled()
  await page.goto(`${service.url}/city/books/${empty}`)
  await page.getByRole('button', { name: '结束清单' }).click()
  await dialog.getByRole('button', { name: '结束清单' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('已结束').first()).toBeVisible()
  await page.getByRole('button', { name: '重新打开清单' }).click()
  await dialog.getByRole('button', { name: '重新打开清单' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('button', { name: '结束清单' })).toBeVisible()
  await expectGood(page)
  expect(complaints).toEqual([])
})

test('a counsellor explains line by line, a leader sees the own compounds, a unit adds pictures', async ({
  browser,
  service,
}) => {
  const as = async (who: Clerk, path: string) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
    const page = await context.newPage()
    await enter(page, service, who, path)
    return page
  }
  const explaining = await as(counsellor, '/city/explaining')
  await explaining.getByRole('button', { name: '平山区房产局' }).click()
  await explaining
    .getByRole('row', { name: /公示包保责任牌/ })
    .getByRole('button', { name: '已讲解' })
    .click()
  await explaining.getByRole('dialog').getByRole('textbox').fill('已到单位逐条讲解')
  await explaining.getByRole('dialog').getByRole('button', { name: '逐条讲解' }).click()
  await expect(explaining.getByRole('row', { name: /公示包保责任牌/ })).toBeHidden()
  await expectGood(explaining)
  await pictured(explaining, 'city-explaining-zh')
  const own = await as(leader, '/city/compounds')
  await expect(own.getByRole('row', { name: /永丰小区/ }).first()).toContainText('平山区房产局')
  await expectGood(own)
  await pictured(own, 'city-compounds-zh')
  const task = await as(liaison, `/city/tasks/${taskId}`)
  const grey = { width: 320, height: 240, channels: 3 as const, background: '#888' }
  const buffer = await sharp({ create: grey }).jpeg().toBuffer()
  await task
    .getByLabel('上传整改后照片')
    .and(task.locator('input'))
    .setInputFiles({ name: '现场.jpg', mimeType: 'image/jpeg', buffer })
  await expect(task.getByRole('img', { name: '整改后' })).toBeVisible()
  await expectGood(task)
  await pictured(task, 'city-pictures-zh')
  await task.goto(`${service.url}/m/tasks`)
  await expect(task.getByRole('heading', { level: 1 })).toBeVisible()
  await task.setViewportSize({ width: 390, height: 844 })
  await expect(task.getByText('清理楼道堆物')).toBeVisible()
  await expectGood(task)
  await pictured(task, 'city-phone-zh')
  await task.getByText('清理楼道堆物').click()
  await expect(task.getByRole('heading', { level: 1 })).toBeVisible()
  await expectGood(task)
  await pictured(task, 'city-phone-task-zh')
})

test.describe('in English', () => {
  test.use({ locale: 'en-GB' })
  test('every page of the area is in English', async ({ page, service }) => {
    await enter(page, service, clerk, '/city')
    const pages = {
      books: '/city',
      book: `/city/books/${list}`,
      notice: `/city/books/${notice}`,
      templates: `/city/books/${list}/templates`,
      chart: `/city/books/${list}/chart`,
      task: `/city/tasks/${taskId}`,
      campaigns: '/city/campaigns',
      bodies: '/city/bodies',
      spots: '/city/blind-spots',
      desk: '/city/desk',
    }
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(service.url + path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await page.waitForLoadState('networkidle')
      await expectGood(page)
      await pictured(page, `city-${name}-en`)
    }
  })
})
