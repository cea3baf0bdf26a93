/** A cell as a reader sees it: the text the sheet shows, with numbers of people masked. Pure. */
import { maskIdentity, maskPhone } from '#platform/crypto/mask.ts'
import { type Cell, isFault, textOf } from '#platform/files/cells.ts'
import type { FieldName } from './fields/fields.ts'

/** The text of a cell as it stands in the sheet, a date with its time of day if it has one. Empty for an empty cell. */
export function writtenOf(cell: Cell | undefined): string {
  if (isFault(cell)) return cell.text
  const text = textOf(cell)
  const time = cell instanceof Date && text !== '' ? cell.toISOString().slice(11, 19) : '00:00:00'
  return time === '00:00:00' ? text : `${text} ${time}`
}

const isPhones = (field: FieldName) => field === 'phone' || field.endsWith('Phone')
const digitsOf = (text: string) => text.normalize('NFKC').replace(/\D/g, '')
/** A day in a text, with an hour behind it: no number of a person. */
const day = /^(?:19|20)\d\d-\d\d?-\d\d?(?: \d\d?)?$/

/** A text of a cell with numbers of people masked. A number in the wrong column is personal data, too. */
export function masked(text: string, field: FieldName | null): string {
  if (field !== null && isPhones(field))
    return text.replace(/[\d０-９](?:[\s-]?[\d０-９]){4,}/g, (number) => maskPhone(digitsOf(number)))
  if (field === 'identityNumber') return maskIdentity(text)
  return text
    .replace(/[\w.+-]+(?=@)/g, (name) => `${name.slice(0, 1)}***`)
    .replace(/[\d０-９](?:[ -]?[\d０-９]){6,}[Xx]?/g, (number) => {
      const digits = number.normalize('NFKC').replace(/[ -]/g, '')
      return day.test(number) ? number : `${digits.slice(0, 3)}****${digits.slice(-2)}`
    })
}

/** A cell as shown beside an error: masked, cut to 60 characters; null for an empty cell. */
export function shown(cell: Cell | undefined, field: FieldName | null): string | null {
  const text = writtenOf(cell)
  return text === '' ? null : masked(text, field).slice(0, 60)
}
