/** High contrast and narrow windows: what is chosen can be told from the rest, and words stay whole. */
import { aClerk, complaintsOf, enter, pictured } from './console.ts'
import { anEvent, type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'

let office: Office
let eventId: string

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  eventId = await anEvent(office, '清明文明祭扫')
})

/** What of a border or a ground each of these elements shows. */
const looks = (of: string, what: string) =>
  `[...document.querySelectorAll(${JSON.stringify(of)})].map((each) => getComputedStyle(each)[${JSON.stringify(what)}])`

for (const width of [1440, 800]) {
  test.describe(`at ${width}`, () => {
    test.use({ viewport: { width, height: 900 } })

    test('the page one is on is marked in the menus of the office', async ({ page, service }) => {
      const complaints = complaintsOf(page, service)
      await page.emulateMedia({ forcedColors: 'active' })
      const marked = async (of: string, what: string) => {
        const [current] = await page.evaluate<string[]>(looks(`${of}[aria-current]`, what))
        const others = await page.evaluate<string[]>(looks(`${of}:not([aria-current])`, what))
        expect(others.length).toBeGreaterThan(1)
        expect(others).not.toContain(current)
      }
      await enter(page, service, await aClerk(office, 'city_office'), '/people/late')
      await marked('.top nav a', 'borderBottomColor')
      await marked('.tabs a', 'borderBottomColor')
      await pictured(page, `forced-late-${width}`)
      await page.goto(`${service.url}/events/${eventId}/shifts`)
      await expect(page.locator('.steps a[aria-current]')).toBeVisible()
      await marked('.steps a', 'borderLeftColor')
      await pictured(page, `forced-shifts-${width}`)
      await page.goto(`${service.url}/events/${eventId}/board`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await pictured(page, `forced-board-${width}`)
      expect(complaints).toEqual([])
    })
  })
}

test.describe('in English, at 800', () => {
  test.use({ locale: 'en-GB', viewport: { width: 800, height: 900 } })

  test('a wide table is scrolled in its place, with whole words; a title stands above what can be done', async ({
    page,
    service,
  }) => {
    await enter(page, service, await aClerk(office, 'city_office'), '/admin/workdays')
    await expect(page.getByRole('rowheader', { name: '2026' })).toBeVisible()
    const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
    expect(await page.evaluate<number>(wider)).toBe(0)
    await expect(page.getByRole('row', { name: /^2026/ })).toContainText('1–3 January')
    // A line in which nothing but a part of a word fits would be lower than this.
    const state = page.getByRole('row', { name: /^2026/ }).getByRole('cell').first()
    await expect(state).toHaveText('Known to the software')
    expect((await state.boundingBox())?.width).toBeGreaterThan(60)
    const { client, unitId } = office
    const named = { title: '三级联动包保工作清单', issuerUnitId: unitId }
    const book = await client.post('/api/books', { ...named, kind: 'task_book' })
    await page.goto(`${service.url}/city/books/${book.id}`)
    const title = page.getByRole('heading', { level: 1, name: named.title })
    await expect(page.getByRole('button', { name: 'Add a task' })).toBeVisible()
    expect((await title.boundingBox())?.height).toBeLessThan(50)
    await pictured(page, 'narrow-book')
  })
})
