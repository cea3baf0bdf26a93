/** Looks at many pages one after the other: each is there, whole, usable by everybody and in one language. */
import { expect, type Page, test } from '@playwright/test'
import type { RunningService } from '../../../scripts/day/server.ts'
import { expectGood, pictured } from '../console.ts'
import { expectWhole } from './whole.ts'

export interface PageToSee {
  path: () => string
  /** What it is called: a name that somebody gave, or in the language of the page. */
  title: string | { zh: string | RegExp; en: string | RegExp }
}

/** @param name of its pictures */
export async function lookAtAll(
  page: Page,
  service: RunningService,
  name: string,
  pages: Record<string, PageToSee>,
): Promise<void> {
  for (const [what, { path, title }] of Object.entries(pages)) {
    await page.goto(service.url + path())
    const heading = page.getByRole('heading', { level: 1 })
    await expect(heading).toBeVisible()
    const language = (await page.locator('html').getAttribute('lang')) === 'en' ? 'en' : 'zh'
    await expect(heading).toHaveText(typeof title === 'string' ? title : title[language])
    await page.waitForLoadState('networkidle')
    await expect(page.locator('.skeleton')).toHaveCount(0)
    await test.step(`${name} ${what}`, async () => {
      await pictured(page, `${name}-${what}`)
      await expectWhole(page)
      await expectGood(page)
    })
  }
}
