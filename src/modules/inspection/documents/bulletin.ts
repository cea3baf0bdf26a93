/** 简报: what a round has come to, as a document. */
import { eq } from 'drizzle-orm'
import { dateOf, type Looking, momentOf, type Telling } from '#modules/command/index.ts'
import type { Reader } from '#platform/database/port.ts'
import type { OutDocument } from '#platform/documents/index.ts'
import { readCaseRates } from '../rates/read-rates.ts'
import { labelOf } from '../rounds/present.ts'
import { ownRound } from '../rounds/round-queries.ts'
import { standards } from '../schema.ts'
import { readRoundFigures } from '../scoring/round-figures.ts'
import { casesParts, casesTable } from './figure-parts.ts'
import { inspectionWords } from './words.ts'

/** How many of the standards that failed most are listed. */
const oftenMax = 10

/**
 * The bulletin of a round, made by whoever runs it; a draft until it is closed.
 * @throws DomainError `round.missing`, `access.out_of_reach`
 */
export async function bulletinOf(
  db: Reader,
  roundId: string,
  { reader, at }: Looking,
  telling: Telling,
): Promise<OutDocument> {
  const { round, scheme, issuer } = await ownRound(db, roundId, reader)
  const figures = await readRoundFigures(db, roundId, reader)
  const looking = { reader, at }
  const byDistrict = await readCaseRates(db, { by: 'district', roundId }, looking)
  const byStandard = await readCaseRates(db, { by: 'standard', roundId }, looking)
  const texts = await textsOf(db, scheme.id)
  const { language } = telling
  const words = inspectionWords[language]
  const score = (percent: string | null) => (percent === null ? words.none : words.percent(percent))
  const often = byStandard.groups
    .toSorted((a, b) => b.figures.issued - a.figures.issued || (a.id < b.id ? -1 : 1))
    .slice(0, oftenMax)
  const { pooled, balanced, drawn, received } = figures
  return {
    language,
    title: words.bulletin(round.title),
    under: [
      words.roundLine(labelOf(round), dateOf(round.opensAt, telling), dateOf(round.endsAt, telling)),
      words.asOf(momentOf(at, telling)),
      ...(round.closedAt ? [] : [words.bulletinDraft]),
    ],
    parts: [
      { part: 'heading', text: words.seen },
      {
        part: 'paragraph',
        text: words.seenText({
          ...{ scheme: scheme.name, drawn, received, balanced: score(balanced) },
          ...{ pooled: score(pooled.percent), earned: pooled.earned, possible: pooled.possible },
        }),
      },
      { part: 'heading', text: words.byDistrict },
      districtTable(figures.districts, words, score),
      { part: 'heading', text: words.cases },
      ...casesParts(byDistrict.total.figures, language),
      casesTable(
        {
          ...{ caption: words.casesByDistrict, of: 'district', rows: byDistrict.groups },
          total: byDistrict.total.figures,
        },
        language,
      ),
      ...(often.length > 0
        ? [
            { part: 'heading', text: words.often } as const,
            {
              part: 'table' as const,
              columns: [
                { title: words.columns.code, width: 16 },
                { title: words.columns.standard, width: 60 },
                { title: words.columns.found, width: 10, align: 'right' as const },
              ],
              rows: often.map(({ id, figures: each }) => [id, texts.get(id) ?? '', each.issued]),
            },
          ]
        : []),
      {
        part: 'signature',
        lines: [issuer.name, ...(round.closedAt ? [dateOf(at, telling)] : [])],
      },
    ],
  }
}

type Figures = Awaited<ReturnType<typeof readRoundFigures>>

function districtTable(
  districts: Figures['districts'],
  { columns }: (typeof inspectionWords)['zh'],
  score: (percent: string | null) => string,
) {
  return {
    part: 'table' as const,
    columns: [
      { title: columns.district, width: 20 },
      { title: columns.drawn, width: 10, align: 'right' as const },
      { title: columns.received, width: 10, align: 'right' as const },
      { title: columns.balanced, width: 16, align: 'right' as const },
      { title: columns.pooled, width: 16, align: 'right' as const },
      { title: columns.pair, width: 22, align: 'right' as const },
    ],
    rows: districts.map(({ name, districtCode, drawn, received, balanced, pooled }) => [
      ...[name || districtCode, drawn, received, score(balanced), score(pooled.percent)],
      `${pooled.earned}/${pooled.possible}`,
    ]),
  }
}

async function textsOf(db: Reader, schemeId: string): Promise<Map<string, string>> {
  const rows = await db
    .select({ code: standards.code, text: standards.text })
    .from(standards)
    .where(eq(standards.schemeId, schemeId))
  return new Map(rows.map(({ code, text }) => [code, text]))
}
