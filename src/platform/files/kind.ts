import { encrypted, notASpreadsheet } from './limits.ts'

/** The format of a file by its content. `legacy` has to be converted by LibreOffice first. */
export type Kind = 'xlsx' | 'csv' | 'legacy'

const startsWith = (data: Buffer, ...bytes: number[]) => bytes.every((byte, at) => data[at] === byte)
const inUtf16 = (data: Buffer, name: string) => data.includes(Buffer.from(name, 'utf16le'))

const isOle = (data: Buffer) => startsWith(data, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)

/** True when the beginning of a file tells its format; of an OLE file the whole is looked at. */
export const startTells = (start: Buffer): boolean => !isOle(start)

/**
 * Detects the format from the bytes. The file name is ignored, so a renamed file is read correctly.
 * @throws DomainError `file.encrypted`, `file.not_a_spreadsheet`
 */
export function kindOf(data: Buffer): Kind {
  if (data.length === 0) throw notASpreadsheet('The file is empty.')
  if (startsWith(data, 0x50, 0x4b, 0x03, 0x04)) {
    // OpenDocument stores its media type uncompressed in the first part of the archive.
    return data.subarray(0, 200).includes('application/vnd.oasis.opendocument.spreadsheet')
      ? 'legacy'
      : 'xlsx'
  }
  if (startsWith(data, 0x50, 0x4b)) throw notASpreadsheet('The file is an empty archive.')
  if (isOle(data)) {
    // [MS-OFFCRYPTO] 2.3: a protected .xlsx is an OLE file with this stream.
    if (inUtf16(data, 'EncryptedPackage')) throw encrypted()
    if (inUtf16(data, 'Workbook') || inUtf16(data, 'Book')) return 'legacy'
    throw notASpreadsheet('The file is an Office document of another kind, not a workbook.')
  }
  if (data.subarray(0, 5).equals(Buffer.from('%PDF-')))
    throw notASpreadsheet('The file is a PDF. Ask for the list as .xlsx or .csv.')
  // Many systems export a web page under the name .xls.
  if (/^\s*<(\?xml|!doctype|html|table|meta)/i.test(data.toString('latin1', 0, 256))) return 'legacy'
  return 'csv'
}
