/** The same acts by mouse or by keyboard alone, so that one story can be played with either. */
import type { Locator, Page } from '@playwright/test'

export interface Hand {
  /** Follows a link, presses a button, chooses an option. */
  press(what: Locator): Promise<void>
  /** Replaces what stands in a field. */
  write(field: Locator, text: string): Promise<void>
  /** Ticks a box or a radio button. */
  tick(box: Locator): Promise<void>
}

export const mouse: Hand = {
  press: (what) => what.click(),
  async write(field, text) {
    await field.click()
    await field.fill(text)
  },
  tick: (box) => box.check(),
}

export function keyboard(page: Page): Hand {
  return {
    async press(what) {
      await what.focus()
      await page.keyboard.press('Enter')
    },
    async write(field, text) {
      await field.focus()
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type(text)
    },
    async tick(box) {
      await box.focus()
      if (!(await box.isChecked())) await page.keyboard.press('Space')
    },
  }
}
