/** Files that were made to hurt whoever reads them, or were never lists: of all kinds that are uploaded. */
import { randomBytes } from 'node:crypto'
import { declaring, rawParts, rawWorkbook, wide, zipped } from './spreadsheets.ts'

export interface HostileFile {
  name: string
  /** Made when asked for: together they are large. */
  make(): Buffer
}

const mebibyte = 1024 * 1024
const filled = (text: string, bytes: number) => Buffer.alloc(bytes, text)
const times = (count: number, text: string) => Buffer.from(text.repeat(count))
const sheet = (data: string) => `<sheetData>${data}</sheetData>`
const cell = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`
const ole = (stream: string) =>
  Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(504),
    Buffer.from(stream, 'utf16le'),
  ])
const withParts = (more: Record<string, string>, data = '<row><c><v>1</v></c></row>') =>
  rawWorkbook(sheet(data), more)
const sharedStrings = (text: string) =>
  `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${text}</sst>`
const feature = '{"type":"Feature","properties":{"code":"1"},"geometry":null}'
const collection = (features: string) => Buffer.from(`{"type":"FeatureCollection","features":[${features}]}`)
const ring = (points: number) => Array.from({ length: points }, (_, at) => `[${123 + at / 1e6},41]`).join(',')

const csv: Record<string, () => Buffer> = {
  'commas without an end': () => filled(',', 19 * mebibyte),
  'one line of twenty megabytes': () => filled('a', 20 * mebibyte - 1),
  'nothing but ends of lines': () => filled('\n', 19 * mebibyte),
  'a comma on each of five million lines': () => filled(',\n', 10 * mebibyte),
  'a quote that is never closed': () => Buffer.concat([Buffer.from('姓名\n"'), filled('a,', 15 * mebibyte)]),
  'nothing but quotes': () => filled('"', 15 * mebibyte),
  'quotes and commas by turns': () => filled('"",', 15 * mebibyte),
  'a hundred thousand rows and one': () => Buffer.concat([Buffer.from('姓名\n'), times(100_001, '王芳\n')]),
  'more columns than a list has': () => times(300, '姓名,'),
  'three million cells': () => times(30_000, `${'1,'.repeat(100)}\n`),
  'a cell of a megabyte': () => Buffer.concat([Buffer.from('姓名\n'), filled('王', mebibyte)]),
  zeros: () => Buffer.alloc(5 * mebibyte),
  'a byte-order mark and nothing else': () => Buffer.from([0xef, 0xbb, 0xbf]),
  'UTF-16 that ends in the middle': () =>
    Buffer.concat([Buffer.from([0xff, 0xfe]), filled('姓', 5), Buffer.from([1])]),
  'commas in UTF-16': () => Buffer.concat([Buffer.from([0xff, 0xfe]), filled(',\0', 18 * mebibyte)]),
  'lone surrogates': () => times(100_000, '\ud800,'),
  'bytes of no encoding': () => filled('\xff\xfe\xfd', 3 * mebibyte),
  'carriage returns alone': () => filled('1,2\r', 10 * mebibyte),
}

const xlsx: Record<string, () => Buffer> = {
  'a bomb of one part': () => {
    const parts = rawParts(sheet(''))
    parts['xl/media/a.bin'] = new Uint8Array(64 * mebibyte)
    return zipped(parts)
  },
  'two thousand parts and one': () => {
    const parts = rawParts(sheet(''))
    for (let at = 0; at < 2001; at++) parts[`xl/media/${at}`] = new Uint8Array(1)
    return zipped(parts)
  },
  'a part larger than it says': () =>
    declaring(rawWorkbook(sheet(`<row>${cell('长'.repeat(90_000))}</row>`)), 'xl/worksheets/sheet1.xml', 30),
  'cut off in the middle': () => {
    const whole = rawWorkbook(sheet(`<row>${cell('王芳')}</row>`))
    return whole.subarray(0, whole.length / 2)
  },
  'a zip64': () => wide(rawWorkbook(sheet(`<row>${cell('王芳')}</row>`))),
  'a zip of nothing': () => zipped({}),
  'a zip that is no workbook': () => zipped({ 'a.txt': new Uint8Array(9) }),
  'the last column': () => rawWorkbook(sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>')),
  'the last row': () => rawWorkbook(sheet('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')),
  'a column that does not exist': () => rawWorkbook(sheet('<row><c r="ZZZZZZZZ1"><v>1</v></c></row>')),
  'a row before the first': () => rawWorkbook(sheet('<row r="-5"><c r="A-5"><v>1</v></c></row>')),
  'laughs by the billion': () =>
    rawWorkbook(
      `<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(1000)}"><!ENTITY c "${'&b;'.repeat(1000)}">]>${sheet('<row><c t="str"><v>&c;</v></c></row>')}`,
    ),
  'a file of the server': () =>
    rawWorkbook(
      `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${sheet('<row><c t="str"><v>&x;</v></c></row>')}`,
    ),
  'a hundred thousand levels': () => rawWorkbook(sheet(`<row>${'<c>'.repeat(100_000)}</row>`)),
  'an attribute of thirty megabytes': () => rawWorkbook(sheet(`<row x="${'a'.repeat(30 * mebibyte)}"/>`)),
  'tags that are never closed': () => rawWorkbook('<sheetData><row><c><v>'),
  'a tag that is never closed': () => rawWorkbook(`<sheetData><row ${'a '.repeat(mebibyte)}`),
  'a million shared texts': () =>
    withParts({ 'xl/sharedStrings.xml': sharedStrings('<si><t>a</t></si>'.repeat(1_000_000)) }),
  'one long shared text, shown everywhere': () =>
    withParts(
      { 'xl/sharedStrings.xml': sharedStrings(`<si><t>${'长'.repeat(32_000)}</t></si>`) },
      `<row>${'<c t="s"><v>0</v></c>'.repeat(200)}</row>`.repeat(2000),
    ),
  'shared texts that are not there': () =>
    rawWorkbook(sheet('<row><c t="s"><v>99999999</v></c></row>'.repeat(1000))),
  'a million formats': () =>
    withParts({
      'xl/styles.xml': `<styleSheet><cellXfs>${'<xf numFmtId="14"/>'.repeat(1_000_000)}</cellXfs></styleSheet>`,
    }),
  'two million cells and more': () =>
    rawWorkbook(sheet(`<row>${'<c><v>1</v></c>'.repeat(250)}</row>`.repeat(8100))),
  'a million merged cells': () =>
    rawWorkbook(
      `${sheet('<row/>')}<mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(500_000)}</mergeCells>`,
    ),
  'a million rows of nothing': () => rawWorkbook(sheet('<row/>'.repeat(1_000_000))),
}

const geojson: Record<string, () => Buffer> = {
  'eight megabytes of brackets': () => filled('[', 8 * mebibyte - 1),
  'brackets in a collection': () =>
    Buffer.from(`{"type":"FeatureCollection","features":${'['.repeat(6_000_000)}`),
  'objects in objects': () =>
    Buffer.from(`{"type":"FeatureCollection","features":[${'{"a":'.repeat(1_000_000)}`),
  'half a million empty lists': () => collection(Array(600_000).fill('[]').join(',')),
  'features without an end': () => collection(Array(100_000).fill(feature).join(',')),
  'a ring of a quarter of a million points': () =>
    collection(
      `{"type":"Feature","properties":{"code":"1"},"geometry":{"type":"Polygon","coordinates":[[${ring(250_000)}]]}}`,
    ),
  'numbers beyond all numbers': () =>
    collection(
      `{"type":"Feature","properties":{"code":1e999},"geometry":{"type":"Point","coordinates":[1e999,-1e999]}}`,
    ),
  'names of the language itself': () =>
    collection(
      `{"type":"Feature","__proto__":{"x":1},"properties":{"__proto__":{"code":"1"},"constructor":1},"geometry":null}`,
    ),
  'a text of eight megabytes': () =>
    collection(`{"type":"Feature","properties":{"name":"${'长'.repeat(2_600_000)}"}}`),
}

const foreign: Record<string, () => Buffer> = {
  noise: () => randomBytes(5 * mebibyte),
  nothing: () => Buffer.alloc(0),
  'protected.xlsx': () => ole('EncryptedPackage'),
  'old.xls': () => ole('Workbook'),
  'page.html': () => times(200_000, '<table><tr><td>1</td></tr></table>'),
  'letter.pdf': () => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(mebibyte)]),
}

const named = (kinds: Record<string, () => Buffer>, end: string): HostileFile[] =>
  Object.entries(kinds).map(([name, make]) => ({ name: name.includes('.') ? name : `${name}${end}`, make }))

/** All of them. A GeoJSON file is one of zones, the others are lists. */
export const hostileFiles: readonly HostileFile[] = [
  ...named(csv, '.csv'),
  ...named(xlsx, '.xlsx'),
  ...named(geojson, '.geojson'),
  ...named(foreign, '.csv'),
]
