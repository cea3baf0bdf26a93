/** What the browser tests of the console share: its people, its pages, and what every page must be. */
import { type Cookie, expect, type Page } from '@playwright/test'
import { invite } from '../../scripts/day/offices.ts'
import type { RunningService } from '../../scripts/day/server.ts'
import type { Office } from './day.ts'
import { violationsOf } from './support/axe.ts'
import { nextOfficer, type OfficersRole } from './support/officers.ts'

export interface Clerk {
  login: string
  password: string
}

let invited = 0

/** One more account with a role: an officer whom nobody asked for before, or whoever the office invites. */
export async function aClerk(
  { client, service }: Office,
  role: OfficersRole | 'viewer',
  grant: { districtCode?: string } = {},
): Promise<Clerk> {
  if (role !== 'viewer') return nextOfficer(service, role)
  const login = `viewer${++invited}`
  return invite(client, { login, name: `李观察${invited}`, what: '', role, ...grant })
}

/** What the page tried to load or do that the browser refused, and whatever asked another machine. */
export function complaintsOf(page: Page, service: RunningService): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // A refusal of the service is an answer, and the browser calls it an error.
    if (message.type() === 'error' && !/the server responded with a status of 4/.test(message.text()))
      complaints.push(message.text())
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(service.url) && !url.startsWith('data:')) complaints.push(`asked ${url}`)
  })
  return complaints
}

/** The cookies of whoever signed in before, by service and login: the second time nobody types a password. */
const signedIn = new Map<string, Cookie[]>()

/**
 * Opens a page of the console as somebody: the first time they sign in on the service's own page, on the way to it, and
 * after that their session is taken up again while it lives.
 */
export async function enter(page: Page, service: RunningService, clerk: Clerk, path: string): Promise<void> {
  const who = `${service.url} ${clerk.login}`
  await page.context().addCookies(signedIn.get(who) ?? [])
  await page.goto(service.url + path)
  const login = page.locator('#login')
  const title = page.getByRole('heading', { level: 1 })
  await expect(login.or(title).first()).toBeVisible()
  if (await login.isVisible()) {
    await login.fill(clerk.login)
    await page.locator('#password').fill(clerk.password)
    await page.locator('button.primary').click()
    await page.waitForURL(service.url + path)
    signedIn.set(who, await page.context().cookies(service.url))
  }
  await expect(title).toBeVisible()
}

/** Nothing that axe calls a violation, no wider than the window, and every word in the language of the page. */
export async function expectGood(page: Page): Promise<void> {
  // Rows of the page before are shown dim until the others are there.
  await expect(page.locator('table[aria-busy="true"]')).toHaveCount(0)
  expect(await violationsOf(page)).toEqual([])
  const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
  expect(await page.evaluate<number>(wider)).toBeLessThanOrEqual(0)
  expect(await foreignWords(page)).toEqual([])
}

/**
 * Texts in another language than the page's: Chinese in English, letters in Chinese. What people gave and names of things
 * say so themselves (`lang`, `translate="no"`) and are passed over, as is the name of a zone of time in the hint for it.
 */
function foreignWords(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const foreign = document.documentElement.lang === 'en' ? /\\p{Script=Han}/u : /[A-Za-z]{2,}/
    const found = []
    const look = (text, element) => {
      const says = element.closest('[lang], [translate="no"]') !== document.documentElement
      if (element.closest('[aria-hidden="true"]')) return
      if (text && !says && foreign.test(text.replace(/Asia\\/Shanghai/g, ''))) found.push(text.trim())
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Element) {
        for (const name of ['aria-label', 'placeholder', 'title', 'alt']) look(node.getAttribute(name), node)
      } else if (!node.parentElement.hasAttribute('aria-label') && !/^(SCRIPT|STYLE|NOSCRIPT)$/.test(node.parentElement.tagName)) {
        look(node.textContent, node.parentElement)
      }
    }
    return found
  })()`)
}

/** A picture of the page for whoever wants to look at it: into the folder that PICTURES names, and otherwise none. */
export async function pictured(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}
