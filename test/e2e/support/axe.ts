/** Whether everybody can use a page, by the rules of axe. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe calls a violation, each with the elements it is about. axe stays in the page for the next look, and only
 * violations are written down: its builder for Playwright loads axe anew and opens a second page for every look, which
 * took five times as long. Our pages have no frames, which is what the builder is for.
 */
export function violationsOf(page: Page): Promise<string[]> {
  return foundOn(page, '() => true')
}

/** Those that axe calls serious or critical: what keeps somebody from using the page. For pages that are not ours to build. */
export function seriousOf(page: Page): Promise<string[]> {
  return foundOn(page, `({ impact }) => impact === 'serious' || impact === 'critical'`)
}

async function foundOn(page: Page, which: string): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(source)
  return page.evaluate<string[]>(`axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
    violations.filter(${which}).map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join('\\n')))`)
}
