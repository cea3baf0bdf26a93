/** A clerk works through the documentation page: signs in, uploads a list, makes and publishes an event, corrects a shift. */
import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { demoPassword } from '../../scripts/day/offices.ts'
import { openOffice } from './day.ts'
import { expect, test } from './service.ts'
import { seriousOf } from './support/axe.ts'

const description = JSON.parse(readFileSync('src/openapi.json', 'utf8')) as { paths: Record<string, object> }

test.use({ alone: 'documentation', actionTimeout: 60_000 })

/** The section of each operation, as the description says. */
const tags = new Map(
  Object.values(description.paths).flatMap((methods) =>
    Object.values(methods as Record<string, { operationId: string; tags: string[] }>).map(
      ({ operationId, tags: [tag] }) => [operationId, tag as string],
    ),
  ),
)

interface Filled {
  /** Path, query and header fields, by name. */
  fields?: Record<string, string>
  body?: object
  files?: { name: string; mimeType: string; buffer: Buffer }[]
}

// biome-ignore lint/suspicious/noExplicitAny: an answer of any operation
type Answer = { status: number; body: any; etag: string | undefined }

/** Opens an operation, fills its form, sends it, and reads what the page shows of the answer. */
async function tryOut(
  page: Page,
  operationId: string,
  { fields = {}, body, files }: Filled,
): Promise<Answer> {
  const operation = page.locator(`.opblock[id$="-${operationId}"]`)
  await opened(page, operation, operationId)
  await operation.getByRole('button', { name: 'Try it out' }).click()
  for (const [name, value] of Object.entries(fields))
    await operation.locator(`tr[data-param-name="${name}"] input`).fill(value)
  if (body) await operation.locator('textarea').first().fill(JSON.stringify(body))
  if (files) await operation.locator('input[type=file]').first().setInputFiles(files)
  const answered = page.waitForResponse(
    (response) => /\/api\//.test(response.url()) && response.request().resourceType() === 'fetch',
  )
  await operation.getByRole('button', { name: 'Execute' }).click()
  const response = await answered
  const shown = operation.locator('.live-responses-table .response .response-col_status').first()
  await expect(shown).toContainText(String(response.status()))
  await holds(page, operationId)
  const text = await response.text()
  return {
    status: response.status(),
    body: text ? JSON.parse(text) : undefined,
    etag: response.headers().etag,
  }
}

/** What keeps somebody from using the page, by where it was found. */
const faults: Record<string, string[]> = {}
async function holds(page: Page, where: string): Promise<void> {
  const found = await seriousOf(page)
  if (found.length > 0) faults[where] = found
}

/** Opens the section of an operation, unless it is open, and the operation. */
async function opened(page: Page, operation: Locator, operationId: string): Promise<void> {
  const tag = tags.get(operationId)
  if (!tag) throw new Error(`${operationId} is not described`)
  const heading = page.locator(`.opblock-tag[data-tag="${tag}"]`)
  if ((await heading.getAttribute('data-is-open')) !== 'true') await heading.click()
  await operation.locator('.opblock-summary-control').click()
}

test('a clerk signs in, uploads a list, makes and publishes an event, and corrects a shift on the page', async ({
  page,
  service,
}) => {
  test.setTimeout(900_000)
  const { client, unitId, teamId } = await openOffice(service)
  const head = await client.post('/api/persons', {
    name: '李领队',
    contacts: [{ kind: 'phone', value: '15400009001', relation: 'own' }],
    memberships: [{ teamId }],
  })
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.goto(`${service.url}/api/docs`)
  await expect(page.locator('.opblock-tag').first()).toBeVisible()
  await holds(page, 'first look')
  const signedIn = await tryOut(page, 'signIn', {
    body: { login: 'office', password: demoPassword, kind: 'cookie' },
  })
  expect(signedIn.status).toBe(201)

  const list = Buffer.from('姓名,手机号,队伍\n王芳,15400005678,城建先锋队\n')
  const uploaded = await tryOut(page, 'startImport', {
    files: [{ name: '名单.csv', mimeType: 'text/csv', buffer: list }],
  })
  expect([uploaded.status, uploaded.body.code]).toEqual([202, undefined])

  const event = await tryOut(page, 'createEvent', {
    body: {
      name: '植树节义务植树',
      organiserUnitId: unitId,
      timeZone: 'Asia/Shanghai',
      startsAt: '2026-03-12T09:00:00+08:00',
      endsAt: '2026-03-12T11:30:00+08:00',
    },
  })
  expect(event.status).toBe(201)
  const zone = await tryOut(page, 'createZone', { body: { name: '平顶山公园', kind: 'park' } })
  expect(zone.status).toBe(201)
  const shift = await tryOut(page, 'createShift', {
    fields: { eventId: event.body.id },
    body: {
      zoneId: zone.body.id,
      startsAt: '2026-03-12T09:00:00+08:00',
      endsAt: '2026-03-12T11:00:00+08:00',
      work: '栽种油松',
      min: 1,
      target: 10,
      max: 20,
      meetingPoint: '公园南门',
      inChargePersonId: head.id,
      risks: '使用铁锹时注意他人',
      insurance: '志愿者团体意外险',
      recordable: true,
    },
  })
  expect(shift.status).toBe(201)
  const check = await tryOut(page, 'checkPublication', { fields: { eventId: event.body.id } })
  expect(check.status).toBe(200)
  const published = await tryOut(page, 'publishEvent', {
    fields: { eventId: event.body.id },
  })
  expect([published.status, published.body.code]).toEqual([200, undefined])
  const corrected = await tryOut(page, 'changeShift', {
    fields: { shiftId: shift.body.id, 'If-Match': shift.etag as string },
    body: { target: 12 },
  })
  expect([corrected.status, corrected.body.target]).toEqual([200, 12])
  expect(faults).toEqual({})
})
