/** The scheme that a list of standards belongs to: by its title and its issuer, with what it has already. */
import { and, asc, desc, eq } from 'drizzle-orm'
import type { Judging, Ref, Scene } from '#modules/imports/index.ts'
import { searchNameOf } from '#modules/organisation/index.ts'
import { schemes, standards, standardUnits } from '../schema.ts'
import type { Indicator } from '../schemes/tables.ts'
import type { StandardRole } from '../words.ts'

/** Which unit leads or supports a standard in a district; empty: in the whole city. */
export interface Answering {
  districtCode: string
  unit: Ref
  role: StandardRole
}

export interface KnownStandard {
  row: typeof standards.$inferSelect
  units: Answering[]
}

export interface ListScheme {
  title: string
  issuer: Ref
  /** Its latest edition, where it exists. */
  known: typeof schemes.$inferSelect | undefined
  standards: Map<string, KnownStandard>
  indicators: Indicator[]
}

/** The name of the scheme: the title of the sheet that sounds like one, else the name of the file. */
export function schemeNameOf({ row: { sheet } }: Judging): string {
  const { titles, name, fileTitle = '' } = sheet.reading
  const title = titles.find(
    (text) => /体系|标准|指标|细则|测评|操作手册|scheme|standards/i.test(text) && !/^附[:：]/.test(text),
  )
  const bare = (title ?? (fileTitle || name)).replace(/^附件\s*\d*\s*[:：]?/, '').trim()
  return (bare || '测评体系').slice(0, 100)
}

/** The latest edition of the scheme with this name and issuer, with its standards and who answers for them. */
export async function findScheme({ db }: Scene, title: string, issuer: Ref): Promise<ListScheme> {
  const [known] = await db
    .select()
    .from(schemes)
    .where(and(eq(schemes.issuerUnitId, issuer), eq(schemes.searchName, searchNameOf(title))))
    .orderBy(desc(schemes.edition), desc(schemes.id))
    .limit(1)
  const found: ListScheme = { title, issuer, known, standards: new Map(), indicators: [] }
  if (!known) return found
  const ofScheme = eq(standards.schemeId, known.id)
  const rows = await db.select().from(standards).where(ofScheme)
  const matrix = await db
    .select({ row: standardUnits })
    .from(standardUnits)
    .innerJoin(standards, eq(standards.id, standardUnits.standardId))
    .where(ofScheme)
    .orderBy(asc(standardUnits.createdAt), asc(standardUnits.id))
  const units = Map.groupBy(matrix, ({ row }) => row.standardId)
  for (const row of rows) {
    const answering = (units.get(row.id) ?? []).map(({ row: { districtCode, unitId, role } }) => {
      return { districtCode, unit: unitId, role }
    })
    found.standards.set(row.code, { row, units: answering })
  }
  return { ...found, indicators: [...known.indicators] }
}

/** The code of an indicator by its name; a new one is added as the next. Undefined: there would be more than a scheme has. */
export function indicatorCode(indicators: Indicator[], name: string): string | undefined {
  const known = indicators.find((each) => searchNameOf(each.name) === searchNameOf(name))
  if (known) return known.code
  if (indicators.length >= 200) return undefined
  const codes = new Set(indicators.map(({ code }) => code))
  let n = indicators.length + 1
  while (codes.has(String(n))) n += 1
  indicators.push({ code: String(n), name })
  return String(n)
}
