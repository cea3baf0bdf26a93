/** Looks at many pages one after the other: each is there, whole, usable by everybody and in one language. */
import { expect, type Page, test } from '@playwright/test'
import type { RunningService } from '../../../scripts/day/server.ts'
import { expectGood, pictured } from '../console.ts'
import { expectWhole } from './whole.ts'

export interface PageToSee {
  path: () => string
  /** What it is called: by a name that somebody gave, or in the language of the page. */
  title?: string | RegExp | { zh: string; en: string }
  /** Something that stands on it only when it has what it is about. */
  shows?: string | RegExp
}

/** @param name of its pictures */
export async function lookAtAll(
  page: Page,
  service: RunningService,
  name: string,
  pages: Record<string, PageToSee>,
): Promise<void> {
  for (const [what, { path, title, shows }] of Object.entries(pages)) {
    await page.goto(service.url + path())
    const heading = page.getByRole('heading', { level: 1 })
    await expect(heading).toBeVisible()
    const language = (await page.locator('html').getAttribute('lang')) === 'en' ? 'en' : 'zh'
    const isOne = typeof title === 'string' || title instanceof RegExp
    if (title !== undefined) await expect(heading).toHaveText(isOne ? title : title[language])
    if (shows !== undefined) await expect(page.locator('main')).toContainText(shows)
    await expect(page.locator('.skeleton')).toHaveCount(0)
    await test.step(`${name} ${what}`, async () => {
      await pictured(page, `${name}-${what}`)
      await expectWhole(page)
      await expectGood(page)
    })
  }
}
