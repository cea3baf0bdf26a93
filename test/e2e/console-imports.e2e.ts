/** A messy list, from its upload to the undo of it: asked about, corrected, committed, and taken back. */
import type { Page } from '@playwright/test'
import type { Client } from '../../scripts/day/client.ts'
import { aWorkbook, rawWorkbook } from '../support/factories/spreadsheets.ts'
import { aClerk, type Clerk, complaintsOf, enter, expectGood, pictured } from './console.ts'
import { type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'

test.use({ viewport: { width: 1440, height: 900 }, alone: 'imports' })

let office: Office
let clerk: Clerk

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  clerk = await aClerk(office, 'city_office')
})

const row = (cells: string[], hidden = false) =>
  `<row${hidden ? ' hidden="1"' : ''}>${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`

/** Two people a row, a title over all, a number with a digit missing, a unit by half its name, a column of others' numbers. */
const roster = {
  name: '城建系统志愿者名册.xlsx',
  mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  buffer: rawWorkbook(
    `<sheetData>${[
      row(['市住房和城乡建设局学雷锋志愿者名册']),
      row(['姓名', '联系电话', '姓名', '联系电话', '单位', '紧急联系人电话']),
      row(['陈建国', '15400011001', '刘爱华', '1540001102', '市住房和城乡建设局', '15400011901']),
      row(['张志强', '15400011003', '李秀英', '15400011004', '城建处', '15400011902']),
      row(['王海涛', '15400011005', '', '', '城建处', '']),
      row(['赵永刚', '15400011006', '', '', '市住房和城乡建设局', ''], true),
      row(['合计', '', '', '', '', '']),
    ].join('')}</sheetData><mergeCells count="1"><mergeCell ref="A1:F1"/></mergeCells>`,
  ),
}

/** A list that may be of people or of units. */
async function doubtful() {
  const { name, bytes } = await aWorkbook(
    [
      ['单位', '同志', '联系电话'],
      ['市住房和城乡建设局', '孙丽华', '15400011021'],
      ['市住房和城乡建设局', '周建军', '15400011022'],
    ],
    '公用事业通讯录.xlsx',
  )
  return { name, mimeType: roster.mimeType, buffer: bytes }
}

const judged = (page: Page) =>
  expect(page.getByRole('button', { name: /^入库/ })).toBeVisible({ timeout: 20_000 })

const personsNamed = async (client: Client, name: string) =>
  (await client.get(`/api/persons?search=${encodeURIComponent(name)}`)).items.length as number

test('a messy list is uploaded, asked about, corrected in place, committed and undone', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, '/people/imports')
  await expectGood(page)
  await page.getByRole('link', { name: '上传名单' }).first().click()
  await page.locator('input[type=file]').setInputFiles([roster, await doubtful()])
  await expect(page.getByText('已选2个文件')).toBeVisible()
  await expectGood(page)
  await pictured(page, 'import-upload')
  await page.getByRole('button', { name: '上传2个文件' }).click()
  await judged(page)
  await expectGood(page)
  await pictured(page, 'import-overview')

  // What was left out is counted, and in red where it holds numbers; the sheet stands as it was sent.
  await page.getByRole('row', { name: /名册/ }).getByRole('link').first().click()
  await expect(page.getByRole('grid', { name: '表格原样' })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: '紧急联系人电话' })).toContainText('含姓名或号码')
  await expect(page.getByRole('columnheader', { name: /姓名（第2人）/ })).toBeVisible()
  await expectGood(page)

  // By keyboard to the line with a wrong number, and into what was found in it.
  await page.getByRole('row', { name: /市住房和城乡建设局学雷锋/ }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const panel = page.getByRole('complementary', { name: '第3行' })
  await expect(panel).toContainText('不是有效的电话号码')
  await page.keyboard.press('Enter')
  await expect(panel).toBeFocused()
  await pictured(page, 'import-sheet')
  await panel.getByRole('button', { name: '更正此行' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: /^D/ }).fill('15400011002')
  await expectGood(page)
  await pictured(page, 'import-correct-line')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(dialog).toHaveCount(0)
  await judged(page)
  await expect(panel).not.toContainText('不是有效的电话号码')
  await expect(page.getByRole('button', { name: /错误/ })).toHaveCount(0)

  // A line is left out, and taken again.
  await panel.getByRole('button', { name: '跳过此行' }).click()
  await expect(panel).toContainText('已跳过')
  await judged(page)
  await panel.getByRole('button', { name: '恢复此行' }).click()
  await judged(page)
  await expect(panel).not.toContainText('已跳过')

  // Each question is answered once, for all rows like it, and all answers go together.
  await page.getByRole('link', { name: '全部表格' }).click()
  const asked = (about: RegExp) => page.getByRole('group', { name: about })
  await asked(/城建处/)
    .getByRole('radio', { name: '选择其他单位' })
    .check()
  await asked(/城建处/)
    .getByRole('combobox', { name: '选择其他单位' })
    .fill('城乡建设')
  await page.getByTitle('市住房和城乡建设局').click()
  await asked(/隐藏的行/)
    .getByRole('radio', { name: '不导入' })
    .check()
  await expect(asked(/应如何读取/).getByRole('columnheader', { name: /读法1 志愿者名单/ })).toBeVisible()
  await asked(/应如何读取/)
    .getByRole('radio', { name: /读法1/ })
    .check()
  await expectGood(page)
  await pictured(page, 'import-questions')
  await page.getByRole('button', { name: '提交3个回答' }).click()
  await judged(page)
  await expect(page.getByRole('button', { name: '入库7行' })).toBeVisible()
  await expect(page.getByText('已回答的问题')).toBeVisible()

  await page.getByRole('button', { name: '入库7行' }).click()
  await expect(dialog).toContainText('将写入7行新增、0行更新。')
  await expect(dialog).toContainText('有1列含姓名或号码没有读取。')
  await expectGood(page)
  await pictured(page, 'import-commit')
  await dialog.getByRole('button', { name: '入库7行' }).click()
  await expect(page.getByRole('button', { name: '撤销入库' })).toBeVisible()
  await expect(page.getByText('已新增：人员7人')).toBeVisible()
  expect(await personsNamed(office.client, '刘爱华')).toBe(1)
  await pictured(page, 'import-committed')
  await page.getByRole('button', { name: '撤销入库' }).click()
  await expectGood(page)
  await dialog.getByRole('button', { name: '撤销入库' }).click()
  await expect(page.getByText('已撤销入库，恢复原状。')).toBeVisible()
  expect(await personsNamed(office.client, '刘爱华')).toBe(0)
  await page
    .getByRole('navigation', { name: '人员各部分' })
    .or(page.getByRole('link', { name: '导入名单' }))
    .first()
    .click()
  await expect(page.getByRole('row', { name: /名册/ })).toContainText('已撤销')
  await expectGood(page)
  await pictured(page, 'import-list')
  expect(complaints).toEqual([])
})

test.describe('in English, of two who say what the same column is', () => {
  test.use({ locale: 'en-GB', viewport: { width: 1280, height: 800 } })

  test('the second is asked, and nothing chosen is lost', async ({ page, service }) => {
    await enter(page, service, clerk, '/people/imports/new')
    await page.locator('input[type=file]').setInputFiles([await doubtful()])
    await expectGood(page)
    await page.getByRole('button', { name: 'Upload 1 file' }).click()
    await expect(page.getByRole('grid', { name: 'The sheet as it was sent' })).toBeVisible()
    await expectGood(page)
    await pictured(page, 'import-sheet-en')
    const importId = new URL(page.url()).pathname.split('/').at(-1)
    await page.getByRole('button', { name: 'Correct the reading' }).click()
    const dialog = page.getByRole('dialog', { name: 'What this sheet is' })
    const choose = async (label: RegExp, option: string) => {
      await dialog.getByRole('combobox', { name: label }).click()
      await page
        .getByRole('option', { name: option, exact: true })
        .or(page.getByTitle(option, { exact: true }))
        .last()
        .click()
    }
    await choose(/^Kind of list/, 'Teams')
    await dialog.getByRole('textbox', { name: 'Class' }).fill('三年1班')
    await expectGood(page)
    await pictured(page, 'import-headings-en')

    // Meanwhile the other says that it lists units, and is done.
    const { client } = office
    const before = await client.get(`/api/imports/${importId}`)
    const [sheet] = before.files[0].sheets
    const body = {
      list: 'units',
      headingLine: 1,
      columns: [
        { index: 0, field: 'unit' },
        { index: 1, field: 'liaison' },
        { index: 2, field: 'liaisonPhone' },
      ],
    }
    const path = `/api/imports/${importId}/sheets/${sheet.id}/headings`
    const headers = { 'if-match': `"v${sheet.version}"` }
    expect((await client.send('PUT', path, { body, headers })).status).toBe(202)
    await expect
      .poll(async () => (await client.get(`/api/imports/${importId}`)).state, { timeout: 60_000 })
      .toBe('judged')

    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    const conflict = page.getByRole('dialog', { name: 'Somebody else has just changed this' })
    await expect(conflict.getByRole('rowheader')).toContainText(['Kind of list'])
    await expectGood(page)
    await pictured(page, 'import-conflict-en')
    await conflict.getByRole('button', { name: 'Back to editing' }).click()
    await expect(dialog.getByRole('textbox', { name: 'Class' })).toHaveValue('三年1班')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await conflict.getByRole('button', { name: 'Save what is chosen' }).click()
    await expect(conflict).toHaveCount(0)
    await expect(dialog).toHaveCount(0)
    const after = await client.get(`/api/imports/${importId}`)
    expect(after.files[0].sheets[0]).toMatchObject({ list: 'teams', defaults: { class: '三年1班' } })
  })
})
