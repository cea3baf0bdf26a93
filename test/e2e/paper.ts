/** What a page is on paper: its size, how many sheets, its text, and whether it is legible in black and white. */
import type { Page } from '@playwright/test'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

export interface Sheet {
  /** Width and height. */
  mm: [number, number]
  text: string
}

/** The sheets that a printer would get. The paper is the one that the page asks for. */
export async function sheetsOf(page: Page): Promise<Sheet[]> {
  const bytes = await page.pdf({ preferCSSPageSize: true })
  const loading = getDocument({ data: new Uint8Array(bytes), verbosity: 0 })
  const file = await loading.promise
  const sheets: Sheet[] = []
  for (let number = 1; number <= file.numPages; number++) {
    const sheet = await file.getPage(number)
    const [, , width = 0, height = 0] = sheet.view
    const { items } = await sheet.getTextContent()
    const mm = [width, height].map((points) => Math.round((points * 25.4) / 72)) as [number, number]
    sheets.push({ mm, text: items.map((item) => ('str' in item ? item.str : '')).join('') })
  }
  await loading.destroy()
  return sheets
}

/** Contrast that text needs at least, as for any text (WCAG 1.4.3). */
const contrastMin = 4.5

/** Texts that are printed and, without colours and on white paper, cannot be told from it. */
export async function paleOnPaper(page: Page): Promise<string[]> {
  await page.emulateMedia({ media: 'print' })
  const pale = await page.evaluate<string[]>(`(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    const grey = (colour) => {
      canvas.clearRect(0, 0, 1, 1)
      canvas.fillStyle = '#fff'
      canvas.fillRect(0, 0, 1, 1)
      canvas.fillStyle = colour
      canvas.fillRect(0, 0, 1, 1)
      const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
        const s = part / 255
        return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const found = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      if (!node.textContent.trim() || !element.checkVisibility() || element.closest('.hear, title, style, script')) continue
      if (element.getClientRects().length === 0) continue
      // Browsers print no backgrounds unless asked to: all stands on white paper.
      const style = getComputedStyle(element)
      const ink = element instanceof SVGElement ? style.fill : style.color
      if (1.05 / (grey(ink) + 0.05) < ${contrastMin}) found.push(node.textContent.trim().slice(0, 60) + ' (' + ink + ')')
    }
    return found
  })()`)
  await page.emulateMedia({ media: null })
  return pale
}
