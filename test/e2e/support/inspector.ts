/** How the browser tests hold the phone of an inspector. */
import { type BrowserContext, type BrowserType, expect, type Page } from '@playwright/test'
import sharp from 'sharp'

/** A picture as a camera gives it. */
export const aPicture = async (colour: string, width = 2400, height = 1800) => ({
  name: 'IMG_1.jpg',
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width, height, channels: 3, background: colour } })
    .jpeg()
    .toBuffer(),
})

export const standardOf = (page: Page, code: string) => page.getByRole('listitem').filter({ hasText: code })
export const tap = (page: Page, code: string, answer: string) =>
  standardOf(page, code)
    .getByRole('button', { name: new RegExp(` ${answer}$`) })
    .click()

/** A browser of this run that keeps its data in a folder. */
export function aPhone(
  { type, launchOptions }: { type: BrowserType; launchOptions: object },
  folder: string,
): Promise<BrowserContext> {
  return type.launchPersistentContext(folder, {
    ...launchOptions,
    locale: 'zh-CN',
    viewport: { width: 390, height: 844 },
    acceptDownloads: true,
  })
}

/** Whatever a script could read that tells of anything. */
export const openSecrets = `Object.entries(localStorage).concat(Object.entries(sessionStorage)).join()`

const ofDatabase = (work: string) => `new Promise((resolve) => {
  const request = indexedDB.open('muster-phone')
  request.onupgradeneeded = () => request.result.createObjectStore('kept')
  request.onsuccess = () => {
    const asked = request.result.transaction('kept').objectStore('kept').${work}
    asked.onsuccess = () => { request.result.close(); resolve(asked.result) }
  }
})`
/** The names of everything that the phone keeps. */
export const keptNames = ofDatabase('getAllKeys()')
/** What is kept and is neither sealed nor a key that never leaves the browser. */
export const keptOpenly = `${ofDatabase('getAll()')}.then((all) => all
  .filter((each) => !(each instanceof CryptoKey && !each.extractable))
  .filter(({ iv, data, bytes, ...more }) => !(iv instanceof Uint8Array && data instanceof ArrayBuffer) || Object.keys(more).length > 0)
  .map((each) => JSON.stringify(each)))`

/** Everything that is tapped is at least 48 pixels high. */
export async function expectForFingers(page: Page): Promise<void> {
  const small =
    await page.evaluate(`[...document.querySelectorAll('a, button, input:not(.unseen), summary, label.button, select, textarea')]
    .filter((each) => each.checkVisibility())
    .filter((each) => each.getBoundingClientRect().height < 48)
    .map((each) => each.outerHTML)`)
  expect(small).toEqual([])
}
