/** Whether every text of a page can be read: none is cut off, none lies on another. */
import { expect, type Page } from '@playwright/test'

/** Texts that are cut off or lie on each other, and figures that break across lines, each with the place where it stands. */
export function unreadable(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const found = []
    const texts = []
    const isHidden = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const { visibility, display, opacity, clipPath, position } = getComputedStyle(at)
        if (visibility === 'hidden' || display === 'none' || opacity === '0' || clipPath !== 'none') return true
        if (at.tagName === 'DETAILS' && !at.open && !element.closest('summary')) return true
        // What floats above the page, as the bar of the last act, is looked at by itself.
        if (position === 'fixed') return true
      }
      return false
    }
    const named = (element) => element.closest('[aria-label]')?.getAttribute('aria-label') ?? element.tagName
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent.trim()
      const element = node.parentElement
      if (!text || /^(SCRIPT|STYLE|TITLE|NOSCRIPT)$/.test(element.tagName) || isHidden(element)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const rects = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1)
      if (rects.length === 0) continue
      if (/^[\\d,.%]+$/.test(text) && rects.length > 1) found.push('broken: ' + text + ' (' + named(element) + ')')
      let seen = rects
      for (let at = element; at && at !== document.body; at = at.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(at)
        if (overflowX === 'visible' && overflowY === 'visible') continue
        const box = at.getBoundingClientRect()
        // What can be scrolled to is not lost.
        const cutX = /hidden|clip/.test(overflowX) && rects.some(({ left, right }) => left < box.left - 1 || right > box.right + 1)
        const cutY = /hidden|clip/.test(overflowY) && rects.some(({ top, bottom }) => top < box.top - 3 || bottom > box.bottom + 3)
        if (cutX || cutY) found.push('cut off: ' + text + ' (' + named(element) + ')')
        seen = seen.filter(({ left, right, top, bottom }) => right > box.left && left < box.right && bottom > box.top && top < box.bottom)
      }
      for (const rect of seen) texts.push({ text, element, rect })
    }
    for (let n = 0; n < texts.length; n++) {
      for (let m = n + 1; m < texts.length; m++) {
        const [one, other] = [texts[n], texts[m]]
        if (one.element === other.element) continue
        const wide = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left)
        const high = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top)
        // Lines of text touch; only what lies well inside another is unreadable.
        if (wide > 3 && high > 6) found.push('one on another: ' + one.text + ' / ' + other.text)
      }
    }
    return [...new Set(found)]
  })()`)
}

/** Every text of the page can be read in full. */
export async function expectWhole(page: Page): Promise<void> {
  expect(await unreadable(page)).toEqual([])
}
