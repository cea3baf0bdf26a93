/** Numbers of tasks as lists write them: 一、 over （一） over 1. Pure. */
import type { TaskCells } from './sheets.ts'

const leading =
  /^\s*(?:[（(][一二三四五六七八九十\d]+[)）]|第?[一二三四五六七八九十]+(?:[、.．]|部分|章)|\d+(?:\.\d+)*[、.．]?(?=\D|$))/

/** The number with which a text begins, as it is written, or undefined. */
export const numberIn = (text: string): string | undefined => leading.exec(text)?.[0].trim()

/** The text without its number. */
export const withoutNumber = (text: string): string => text.replace(leading, '').trim()

/**
 * The number of a row below the numbers of the lines above it: 一、（一）3. @param nth its place in the list, for a row
 * without a number of its own
 */
export function outlineOf({ number, above = [], taskText = '' }: TaskCells, nth: number): string {
  const lines = above.map(numberIn).filter((each) => each !== undefined)
  const own = number ?? numberIn(taskText) ?? String(nth)
  return `${lines.join('')}${own}`
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/[.、]+$/, '')
}
