/** A messy list, from its upload to the undo of it: asked about, corrected, committed, and taken back. */
import type { Page } from '@playwright/test'
import type { Client } from '../../scripts/day/client.ts'
import { aWorkbook, rawWorkbook } from '../support/factories/spreadsheets.ts'
import { aClerk, type Clerk, complaintsOf, enter, expectGood, pictured } from './console.ts'
import { type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'

test.use({ viewport: { width: 1440, height: 900 } })

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

const judged = (page: Page) => expect(page.getByRole('button', { name: /^入库/ })).toBeVisible({ timeout: 20_000 })

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
})
