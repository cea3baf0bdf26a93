/** Two clerks on one thing of inspection or of command: the second sees both, and loses nothing that was typed. */
import type { Page } from '@playwright/test'
import { aClerk, type Clerk, complaintsOf, enter, expectGood, pictured } from './console.ts'
import { type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'

test.use({ viewport: { width: 1280, height: 860 } })

let office: Office
let clerk: Clerk
let schemeId: string
let standardId: string
let bookId: string
let taskId: string
const unitName = '市住房和城乡建设局'

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  clerk = await aClerk(office, 'city_office')
  const { client, unitId } = office
  const scheme = await client.post('/api/schemes', {
    ...{ name: '两人同改测评体系', issuerUnitId: unitId, indicators: [{ code: '1', name: '环境卫生' }] },
  })
  schemeId = scheme.id
  const standard = await client.post(`/api/schemes/${schemeId}/standards`, {
    ...{ code: 'LR-01', text: '楼道内无堆放杂物', pointClass: 'common', indicator: '1' },
  })
  standardId = standard.id
  const book = { kind: 'work_list', title: '两人同改清单', issuerUnitId: unitId }
  bookId = (await client.post('/api/books', book)).id
  const owing = await client.post('/api/units', { name: '两人同改责任单位', kind: 'government' })
  const task = { kind: 'item', outline: '1', text: '清理楼道', unitId: owing.id, dueKind: 'standing' }
  taskId = (await client.post(`/api/books/${bookId}/tasks`, task)).id
})

const field = (page: Page, name: string) => page.getByRole('textbox', { name })
const form = (page: Page, title: string) => page.getByRole('dialog', { name: title })
const asked = (page: Page) => page.getByRole('dialog', { name: '他人刚刚修改过' })

/** Somebody else saves, behind the back of whoever has the dialog open. */
async function meanwhile(path: string, version: number, change: object, method = 'PATCH'): Promise<void> {
  const headers = { 'if-match': `"v${version}"` }
  const { status, text } = await office.client.send(method, path, { body: change, headers })
  expect([status, text]).toEqual([200, expect.any(String)])
}

const standard = async () => {
  const { items } = await office.client.get(`/api/schemes/${schemeId}/standards`)
  return items.find(({ id }: { id: string }) => id === standardId)
}

test('a standard: fields that one of them changed are both kept, the same field is asked about', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, `/inspection/schemes/${schemeId}`)
  await page.getByRole('button', { name: '修改标准LR-01' }).click()
  await field(page, '标准内容').fill('楼道内无杂物、无乱贴')
  await page.getByRole('spinbutton', { name: '权重' }).fill('3')
  const { version } = await standard()
  await meanwhile(`/api/standards/${standardId}`, version, { text: '楼道整洁', observations: 2 })
  await form(page, '修改标准').getByRole('button', { name: '保存' }).click()
  await expect(asked(page).getByRole('rowheader')).toHaveText(['标准内容'])
  await expect(asked(page)).toContainText('楼道整洁')
  await expectGood(page)
  await pictured(page, 'clerks-standard-zh')
  await asked(page).getByRole('button', { name: '返回继续修改' }).click()
  await expect(field(page, '标准内容')).toHaveValue('楼道内无杂物、无乱贴')
  await expect(page.getByRole('spinbutton', { name: '观察次数' })).toHaveValue('2')
  await form(page, '修改标准').getByRole('button', { name: '保存' }).click()
  await asked(page).getByRole('button', { name: '按所选内容保存' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(await standard()).toMatchObject({ text: '楼道内无杂物、无乱贴', weight: 3, observations: 2 })
  // Nothing of it is taken back once somebody else saved again.
  await meanwhile(`/api/standards/${standardId}`, (await standard()).version, { weight: 5 })
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByText('之后又有人修改，不能撤销。')).toBeVisible()
  expect(complaints).toEqual([])
})

test('who answers for a standard is one list: both lists stand side by side', async ({ page, service }) => {
  await enter(page, service, clerk, `/inspection/schemes/${schemeId}/matrix`)
  await page.getByRole('button', { name: '填写标准LR-01的责任分工' }).click()
  const { version } = await standard()
  const units = [{ districtCode: null, unitId: office.unitId, role: 'support' }]
  await page.getByRole('button', { name: '添加单位' }).click()
  await page.getByRole('combobox', { name: '单位' }).last().fill(unitName)
  await page
    .locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: unitName })
    .first()
    .click()
  await meanwhile(`/api/standards/${standardId}/units`, version, { units }, 'PUT')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await expect(asked(page)).toContainText(`配合单位 · ${unitName}`)
  await expect(asked(page)).toContainText(`牵头单位 · ${unitName}`)
  await expectGood(page)
  await pictured(page, 'clerks-assign-zh')
  await asked(page).getByRole('button', { name: '按所选内容保存' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect((await standard()).units).toMatchObject([{ unit: { id: office.unitId }, role: 'lead' }])
})

test('a scheme that somebody changed is shown anew before it is published', async ({ page, service }) => {
  await enter(page, service, clerk, `/inspection/schemes/${schemeId}`)
  await page.getByRole('button', { name: '发布', exact: true }).click()
  const { version } = await office.client.get(`/api/schemes/${schemeId}`)
  await meanwhile(`/api/schemes/${schemeId}`, version, { name: '改名后的测评体系' })
  const dialog = form(page, '发布')
  await dialog.getByRole('button', { name: '发布' }).click()
  await expect(dialog.getByRole('alert')).toContainText('页面已更新为最新内容')
  await expect(page.getByRole('heading', { level: 1, name: '改名后的测评体系' })).toBeAttached()
  await expectGood(page)
  await dialog.getByRole('button', { name: '返回' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('a book and a task of it: both edits are brought together, or asked about', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, `/city/books/${bookId}`)
  await page.getByRole('button', { name: '修改清单' }).click()
  await field(page, '名称').fill('我起的标题')
  await field(page, '文号').fill('本文明办〔2026〕8号')
  const before = await office.client.get(`/api/books/${bookId}`)
  await meanwhile(`/api/books/${bookId}`, before.version, { title: '对方起的标题', text: '请抓好落实。' })
  await form(page, '修改清单').getByRole('button', { name: '保存' }).click()
  await expect(asked(page).getByRole('rowheader')).toHaveText(['名称'])
  await expectGood(page)
  await pictured(page, 'clerks-book-zh')
  await asked(page).getByRole('radio', { name: '对方起的标题' }).check()
  await asked(page).getByRole('button', { name: '按所选内容保存' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const after = await office.client.get(`/api/books/${bookId}`)
  expect(after).toMatchObject({
    ...{ title: '对方起的标题', documentNumber: '本文明办〔2026〕8号', text: '请抓好落实。' },
  })

  await page.goto(`${service.url}/city/tasks/${taskId}`)
  await page.getByRole('button', { name: '修改事项' }).click()
  await field(page, '达标要求').fill('楼道无堆物')
  const task = await office.client.get(`/api/tasks/${taskId}`)
  await meanwhile(`/api/tasks/${taskId}`, task.version, { text: '清理楼道和地下室' })
  await form(page, '修改事项').getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(await office.client.get(`/api/tasks/${taskId}`)).toMatchObject({
    ...{ text: '清理楼道和地下室', acceptance: '楼道无堆物' },
  })
  expect(complaints).toEqual([])
})

test('a move that comes too late keeps what was typed, and says how the task stands now', async ({
  page,
  service,
}) => {
  const { version } = await office.client.get(`/api/books/${bookId}`)
  await office.client.put(`/api/books/${bookId}/publication`, {}, `"v${version}"`)
  await enter(page, service, clerk, `/city/tasks/${taskId}`)
  await page.getByRole('button', { name: '撤销', exact: true }).click()
  await field(page, '原因、说明').fill('与另一事项重复')
  const cancelled = { id: crypto.randomUUID(), kind: 'cancel', reason: '已并入年度计划' }
  await office.client.post(`/api/tasks/${taskId}/moves`, cancelled)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '撤销' }).click()
  await expect(dialog.getByRole('alert')).toContainText('现在的情况')
  await expect(dialog.getByRole('alert')).toContainText('已并入年度计划')
  await expect(field(page, '原因、说明')).toHaveValue('与另一事项重复')
  await expectGood(page)
  await pictured(page, 'clerks-move-zh')
})
