/** The small parts of a workbook (ECMA-376 part 1, SpreadsheetML): the list of sheets, date styles, shared texts. */
import { corrupt, type FileLimits, notASpreadsheet, tooLarge } from './limits.ts'
import { decodeXml, readXml } from './xml.ts'
import { partKey, unpack, unpackWhole, type ZipPart } from './zip.ts'

/** An open archive: its bytes and its parts. */
export interface Archive {
  data: Buffer
  /** Parts by `partKey` of their names. */
  parts: Map<string, ZipPart>
  limits: FileLimits
}

export interface SheetPart {
  name: string
  hidden: boolean
  part: ZipPart
}

export interface WorkbookParts {
  sheets: SheetPart[]
  /** The 1904 date system: days are counted from 1904 instead of 1900. */
  from1904: boolean
  styles: ZipPart | undefined
  sharedTexts: ZipPart | undefined
}

/** Resolves a relationship target to a part name. The result is only looked up in the archive, never on a disk. */
function resolve(from: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const path = from.split('/').slice(0, -1)
  for (const step of target.split('/')) {
    if (step === '..') path.pop()
    else if (step !== '.' && step !== '') path.push(step)
  }
  return path.join('/')
}

/** Targets are URIs; some programs percent-encode Chinese names in them. */
function unescaped(target: string): string {
  try {
    return decodeURIComponent(target)
  } catch {
    return target
  }
}

interface Relation {
  type: string
  part: string
}

async function relationsOf(archive: Archive, name: string): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>()
  const file = name.replace(/([^/]*)$/, '_rels/$1.rels')
  const part = archive.parts.get(partKey(file))
  if (!part) return relations
  await readXml(small(archive, part), {
    open(element, attributes) {
      if (element !== 'Relationship') return
      const { Id, Type, Target, TargetMode } = attributes()
      if (!Id || !Type || !Target || TargetMode === 'External') return
      relations.set(Id, {
        type: Type.slice(Type.lastIndexOf('/') + 1),
        part: resolve(name, unescaped(decodeXml(Target))),
      })
    },
  })
  return relations
}

/** The content of a small part as one chunk. */
async function* small({ data, limits }: Archive, part: ZipPart): AsyncGenerator<Buffer> {
  yield await unpackWhole(data, part, limits.partBytes)
}

/** The name of the workbook part. @throws DomainError `file.not_a_spreadsheet` when the archive is no .xlsx workbook */
async function mainPart(archive: Archive): Promise<string> {
  const { parts } = archive
  const relations = [...(await relationsOf(archive, '')).values()]
  const main = relations.find((relation) => relation.type === 'officeDocument')?.part ?? 'xl/workbook.xml'
  if (main.endsWith('.bin'))
    throw notASpreadsheet('The file is a binary workbook (.xlsb). Save it as .xlsx and upload it again.')
  if (!parts.has(partKey(main)) || /^(word|ppt)\//.test(main)) {
    throw notASpreadsheet(
      'The file is an archive but not a workbook. Upload the spreadsheets themselves, as .xlsx or .csv.',
    )
  }
  return main
}

/**
 * The sheets of a workbook in order, and its shared parts.
 * @throws DomainError `file.not_a_spreadsheet`, `file.corrupt`, `file.too_large`
 */
export async function workbookParts(archive: Archive): Promise<WorkbookParts> {
  const main = await mainPart(archive)
  const relations = await relationsOf(archive, main)
  const byType = (type: string) => {
    const relation = [...relations.values()].find((candidate) => candidate.type === type)
    return relation && archive.parts.get(partKey(relation.part))
  }
  const sheets: SheetPart[] = []
  let from1904 = false
  await readXml(small(archive, archive.parts.get(partKey(main)) as ZipPart), {
    open(element, attributes) {
      if (element === 'workbookPr') from1904 = /^(1|true)$/.test(attributes().date1904 ?? '')
      if (element !== 'sheet') return
      const found = attributes()
      const id = Object.entries(found).find(([name]) => /(^|:)id$/.test(name))?.[1]
      const relation = relations.get(id ?? '')
      if (relation && relation.type !== 'worksheet') return
      const part = relation && archive.parts.get(partKey(relation.part))
      if (!part) throw corrupt('The workbook names a sheet that is not in it.')
      sheets.push({
        name: decodeXml(found.name ?? ''),
        hidden: (found.state ?? 'visible') !== 'visible',
        part,
      })
      if (sheets.length > archive.limits.sheets)
        throw tooLarge(
          'sheets',
          archive.limits.sheets,
          `More than ${archive.limits.sheets} sheets in one file.`,
        )
    },
  })
  if (sheets.length === 0) throw corrupt('The workbook has no sheets.')
  return { sheets, from1904, styles: byType('styles'), sharedTexts: byType('sharedStrings') }
}

/** Built-in number formats for dates and times (18.8.30 numFmt, including the Chinese, Japanese and Korean ones). */
const builtInDates = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47])
const isBuiltInDate = (id: number) => builtInDates.has(id) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)

/** Whether a number format shows a date: it has date letters outside of quotes, brackets and escapes. */
export function showsDate(format: string): boolean {
  const bare = format
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .replace(/_./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
  return /[ymdhs年月日]/i.test(bare.split(';', 1)[0] ?? '') && !/^general$/i.test(bare)
}

/** Excel allows 65,490. The limit is needed because every style is held in memory. */
const stylesMax = 65_536

/** For every cell style, by its number: whether it shows a number as a date. */
export async function dateStyles(archive: Archive, part: ZipPart | undefined): Promise<boolean[]> {
  if (!part) return []
  const formats = new Map<number, string>()
  const dates: boolean[] = []
  let inCells = false
  await readXml(small(archive, part), {
    open(element, attributes) {
      if (element === 'numFmt')
        formats.set(Number(attributes().numFmtId), decodeXml(attributes().formatCode ?? ''))
      if (element === 'cellXfs') inCells = true
      if (element !== 'xf' || !inCells) return
      const id = Number(attributes().numFmtId ?? 0)
      const own = formats.get(id)
      if (dates.length >= stylesMax) throw corrupt('The workbook has more styles than a workbook can.')
      dates.push(own === undefined ? isBuiltInDate(id) : showsDate(own))
    },
    close(element) {
      if (element === 'cellXfs') inCells = false
    },
  })
  return dates
}

/** Replaces escapes such as `_x000D_`, which stand for characters that XML does not allow (22.9.2.19 ST_Xstring). */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** The shared strings, which cells refer to by number. Phonetic readings (`rPh`) are left out. */
export async function sharedTexts(archive: Archive, part: ZipPart | undefined): Promise<string[]> {
  if (!part) return []
  const { limits, data } = archive
  if (part.bytes > limits.partBytes)
    throw tooLarge(
      'partBytes',
      limits.partBytes,
      'The texts of the file are more than is read here. Split it.',
    )
  const texts: string[] = []
  let text = ''
  let reading = false
  let phoneticDepth = 0
  await readXml(unpack(data, part), {
    open(element) {
      if (element === 'si') text = ''
      else if (element === 't') reading = true
      else if (element === 'rPh') phoneticDepth++
    },
    text(value) {
      if (!reading || phoneticDepth > 0) return
      text += value
      if (text.length > limits.cellCharacters)
        throw corrupt('A text of the file is longer than a cell can be.')
    },
    close(element) {
      if (element === 'si') {
        if (texts.length >= limits.cells)
          throw tooLarge('cells', limits.cells, 'The file has more texts than cells are read here. Split it.')
        texts.push(unescapeText(text))
      } else if (element === 't') reading = false
      else if (element === 'rPh') phoneticDepth--
    },
  })
  return texts
}
