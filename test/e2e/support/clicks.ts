/** What a hand does on the pages of the office, by what it reads there. */
import { expect, type Page } from '@playwright/test'

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
export const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })
export const dialog = (page: Page) => page.getByRole('dialog')

/** Chooses an option of a select by what it says. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  const select = page.getByRole('combobox', { name: label }).last()
  await select.click()
  // Of a few options none is searched for.
  if (await select.isEditable()) await select.fill(option)
  await page
    .locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option })
    .first()
    .click()
}

/** Does what the dialog offers, and waits until it is gone. */
export async function confirm(page: Page, name: string): Promise<void> {
  await dialog(page).getByRole('button', { name, exact: true }).click()
  await expect(dialog(page)).toHaveCount(0)
}

/** Leaves the dialog as it is. */
export const back = (page: Page) => confirm(page, '返回')

/** A link that looks like a button. */
export const follow = (page: Page, name: string) => link(page, name).first().click()

export const field = (page: Page, name: string) => page.getByRole('textbox', { name })
export const save = (page: Page) => button(page, '保存').click()
