import { strToU8, zipSync } from 'fflate'
import { type OutCell, writeWorkbook } from '#platform/files/index.ts'
import type { TestApp } from '#test/support/app.ts'

export interface TestFile {
  name: string
  bytes: Buffer
}

type Rows = readonly (readonly OutCell[])[]

/** An .xlsx file as a program writes it; several sheets by name, or one. */
export async function aWorkbook(sheets: Rows | Record<string, Rows>, name = '名单.xlsx'): Promise<TestFile> {
  const named = Array.isArray(sheets) ? { Sheet1: sheets as Rows } : (sheets as Record<string, Rows>)
  const bytes = await writeWorkbook(Object.entries(named).map(([sheet, rows]) => ({ name: sheet, rows })))
  return { name, bytes }
}

export function aCsv(text: string | Buffer, name = '名单.csv'): TestFile {
  return { name, bytes: typeof text === 'string' ? Buffer.from(text) : text }
}

const spreadsheetml = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006/relationships'

/** The parts of a workbook with one sheet, as XML, to be bent before `zipped`. */
export function rawParts(sheetData: string, more: Record<string, string> = {}): Record<string, Uint8Array> {
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships xmlns="${packaged}"><Relationship Id="rId1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${spreadsheetml}" xmlns:r="${relationships}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packaged}"><Relationship Id="rId1" Type="${relationships}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relationships}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="${relationships}/styles" Target="styles.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${spreadsheetml}">${sheetData}</worksheet>`,
    ...more,
  }
  return Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)]))
}

export function zipped(parts: Record<string, Uint8Array>, level: 0 | 6 = 6): Buffer {
  return Buffer.from(zipSync(parts, { level }))
}

/** A workbook out of the XML of its one sheet. */
export function rawWorkbook(sheetData: string, more: Record<string, string> = {}): Buffer {
  return zipped(rawParts(sheetData, more))
}

/** Writes a number over the declared unpacked size of a part, in both of its headers: a header that lies. */
export function declaring(workbook: Buffer, part: string, bytes: number): Buffer {
  const lying = Buffer.from(workbook)
  for (let at = lying.indexOf(part); at >= 0; at = lying.indexOf(part, at + 1)) {
    if (lying.readUInt32LE(Math.max(0, at - 30)) === 0x04034b50) lying.writeUInt32LE(bytes, at - 30 + 22)
    if (lying.readUInt32LE(Math.max(0, at - 46)) === 0x02014b50) lying.writeUInt32LE(bytes, at - 46 + 24)
  }
  return lying
}

/** The archive with every size and place in zip64 extra fields, as programs write that stream their files. */
export function wide(archive: Buffer): Buffer {
  const end = archive.length - 22
  const entries: Buffer[] = []
  for (let at = archive.readUInt32LE(end + 16); at < end; ) {
    const [name, extra] = [archive.readUInt16LE(at + 28), archive.readUInt16LE(at + 30)]
    const entry = Buffer.from(archive.subarray(at, at + 46 + name + extra))
    const field = Buffer.alloc(28)
    field.writeUInt16LE(1, 0)
    field.writeUInt16LE(24, 2)
    field.writeBigUInt64LE(BigInt(entry.readUInt32LE(24)), 4)
    field.writeBigUInt64LE(BigInt(entry.readUInt32LE(20)), 12)
    field.writeBigUInt64LE(BigInt(entry.readUInt32LE(42)), 20)
    for (const place of [20, 24, 42]) entry.writeUInt32LE(0xffffffff, place)
    entry.writeUInt16LE(extra + field.length, 30)
    entries.push(entry, field)
    at += 46 + name + extra + archive.readUInt16LE(at + 32)
  }
  const start = archive.readUInt32LE(end + 16)
  const directory = Buffer.concat(entries)
  const wideEnd = Buffer.alloc(56)
  wideEnd.writeUInt32LE(0x06064b50, 0)
  wideEnd.writeBigUInt64LE(44n, 4)
  const count = BigInt(archive.readUInt16LE(end + 10))
  wideEnd.writeBigUInt64LE(count, 24)
  wideEnd.writeBigUInt64LE(count, 32)
  wideEnd.writeBigUInt64LE(BigInt(directory.length), 40)
  wideEnd.writeBigUInt64LE(BigInt(start), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(start + directory.length), 8)
  locator.writeUInt32LE(1, 16)
  const last = Buffer.from(archive.subarray(end))
  last.writeUInt16LE(0xffff, 8)
  last.writeUInt16LE(0xffff, 10)
  last.writeUInt32LE(0xffffffff, 16)
  return Buffer.concat([archive.subarray(0, start), directory, wideEnd, locator, last])
}

type Who = Parameters<TestApp['as']>[0]
// biome-ignore lint/suspicious/noExplicitAny: what the service answered, looked at by whoever asks
type View = any

/** Uploads files and waits until they are judged; returns the import as it stands then. */
export async function importing(
  app: TestApp,
  files: readonly TestFile[],
  who: Who = 'city_office',
): Promise<View> {
  const upload = app.as(who).post('/api/imports')
  for (const { name, bytes } of files) upload.attach('files', bytes, { filename: name })
  const { body, status } = await upload
  if (status !== 202) throw new Error(`upload answered ${status}: ${JSON.stringify(body)}`)
  await app.settled()
  return importOf(app, body.id, who)
}

export async function importOf(app: TestApp, importId: string, who: Who = 'city_office'): Promise<View> {
  return (await app.as(who).get(`/api/imports/${importId}`)).body
}

/** Writes what is valid and waits until it is done. */
export async function committing(app: TestApp, importId: string, who: Who = 'city_office'): Promise<View> {
  const { status, body } = await app.as(who).put(`/api/imports/${importId}/commit`)
  if (status !== 202) throw new Error(`commit answered ${status}: ${JSON.stringify(body)}`)
  await app.settled()
  return importOf(app, importId, who)
}

/** The rows of data, as they are shown. */
export async function rowsOf(
  app: TestApp,
  importId: string,
  query = 'kind=data&limit=200',
  who: Who = 'city_office',
): Promise<View[]> {
  return (await app.as(who).get(`/api/imports/${importId}/rows?${query}`)).body.items
}

export async function decisionsOf(app: TestApp, importId: string, who: Who = 'city_office'): Promise<View[]> {
  return (await app.as(who).get(`/api/imports/${importId}/decisions?limit=200`)).body.items
}

/** Answers, and waits until the rows are judged again. */
export async function deciding(
  app: TestApp,
  importId: string,
  body: object,
  who: Who = 'city_office',
): Promise<View> {
  const answer = await app.as(who).post(`/api/imports/${importId}/decisions`).send(body)
  if (answer.status !== 202)
    throw new Error(`decision answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  await app.settled()
  return importOf(app, importId, who)
}

/** A file of the service as it is downloaded, with its headers. */
export function downloading(
  app: TestApp,
  path: string,
  { who = 'city_office', language = 'zh-CN' }: { who?: Who; language?: string } = {},
) {
  return app
    .as(who)
    .get(path)
    .set('Accept-Language', language)
    .buffer()
    .parse((response, done) => {
      const parts: Buffer[] = []
      response
        .on('data', (part: Buffer) => parts.push(part))
        .on('end', () => done(null, Buffer.concat(parts)))
    })
}
