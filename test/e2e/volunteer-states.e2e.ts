/** Every state of the page behind a personal link, in both languages, on a small phone, on a watch, and at twice the size. */
import type { Page } from '@playwright/test'
import { pictured } from './console.ts'
import { expect, test } from './service.ts'
import { violationsOf } from './support/axe.ts'
import { drawn } from './support/drawn.ts'
import { type Links, linksOfEveryState } from './support/link-states.ts'
import { unreadable } from './support/whole.ts'

test.use({ alone: 'states of the link', actionTimeout: 30_000 })

let links: Links
test.beforeAll(async ({ service }) => {
  links = await linksOfEveryState(service)
})

const sizes = [
  { name: '360', width: 360, height: 640, text: '' },
  { name: '180', width: 180, height: 320, text: '' },
  { name: 'large', width: 360, height: 640, text: '200%' },
]

/** What is wrong with the page at a size; every step behind a summary is open. */
async function faultsAt(page: Page, { width, height, text }: (typeof sizes)[number]): Promise<string[]> {
  await page.setViewportSize({ width, height })
  await page.evaluate(`document.documentElement.style.fontSize = '${text}'`)
  await page.evaluate(`document.querySelectorAll('details').forEach((step) => { step.open = true })`)
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
  return [...(await unreadable(page)), ...(wide > width ? [`${wide} wide`] : []), ...(await outside(page))]
}

/** What leaves the card it stands in. */
function outside(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('.card, .state, main')].flatMap((card) => {
    const box = card.getBoundingClientRect()
    return [...card.querySelectorAll('*')]
      .filter((each) => { const at = each.getBoundingClientRect(); return at.width > 0 && (at.left < box.left - 1 || at.right > box.right + 1) })
      .map((each) => 'outside: ' + each.textContent.trim().slice(0, 30))
  })`)
}

for (const language of drawn(['zh', 'en'])) {
  test(`every state holds at each size in ${language}`, async ({ page, service }) => {
    // Some thirty states at three sizes: longer than the others where much else runs.
    test.setTimeout(1_200_000)
    const faults: Record<string, string[]> = {}
    for (const [state, { path, says }] of Object.entries(links)) {
      const answer = await page.goto(`${service.url}${path}?lang=${language}`)
      const found: string[] = []
      const size = (await answer?.body())?.length ?? 0
      if (size > 15 * 1024) found.push(`${size} bytes`)
      if (language === 'zh') await expect(page.locator('main')).toContainText(says)
      for (const each of sizes) {
        found.push(...(await faultsAt(page, each)).map((fault) => `${each.name}: ${fault}`))
        await pictured(page, `link-${language}-${each.name}-${state}`)
      }
      found.push(...(await violationsOf(page)))
      if (found.length > 0) faults[state] = found
    }
    expect(faults).toEqual({})
  })
}
