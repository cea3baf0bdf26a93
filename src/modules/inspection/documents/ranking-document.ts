/** 排名表 and 通报: a ranking as a document. All of it is stored with the ranking, so that every reader gets the same file. */
import { dateOf, momentOf, type Telling } from '#modules/command/index.ts'
import type { DocumentCell, OutDocument, Part } from '#platform/documents/index.ts'
import { DomainError } from '#platform/errors.ts'
import type { LineView, WholeRankingView } from '../ranking/contract.ts'
import { rankingGroups, unrankedReasons } from '../words.ts'
import { casesParts, casesTable } from './figure-parts.ts'
import { inspectionWords } from './words.ts'

export const rankingPapers = {
  table: { zh: '排名表', en: 'Ranking' },
  notice: { zh: '通报', en: 'Notice' },
} as const
export type RankingPaper = keyof typeof rankingPapers

/** @throws DomainError conflict `ranking.not_ready` while there are no lines to print */
export function rankingDocument(
  ranking: WholeRankingView,
  paper: RankingPaper,
  telling: Telling,
): OutDocument {
  if (!ranking.draftedAt || ranking.state === 'computing')
    throw new DomainError('conflict', 'ranking.not_ready', 'The ranking is being computed.')
  const { language } = telling
  const words = inspectionWords[language]
  const [year = 0, month = 0] = ranking.month.split('-').map(Number)
  const group = rankingGroups[ranking.group][language]
  const when = words.month(year, month)
  const title = paper === 'table' ? words.rankingTable(when, group) : words.rankingNotice(when, group)
  const { finalAt, issuer } = ranking
  return {
    language,
    title,
    under: [words.asOf(momentOf(ranking.cutAt, telling)), ...draftLine(ranking, telling)],
    parts: [
      ...(paper === 'notice' ? introduction(ranking, { when, group, language }) : []),
      rankTable(ranking, telling),
      ...notesOf(ranking, telling),
      ...(paper === 'notice' ? restOfNotice(ranking, telling) : []),
      { part: 'signature', lines: [issuer.name, ...(finalAt ? [dateOf(finalAt, telling)] : [])] },
    ],
  }
}

function draftLine({ state, appealableUntil }: WholeRankingView, telling: Telling): string[] {
  const words = inspectionWords[telling.language]
  if (state === 'final') return []
  return state === 'draft' && appealableUntil
    ? [words.rankingDraft(momentOf(appealableUntil, telling))]
    : [words.rankingSettled]
}

function introduction(
  { visits, spec }: WholeRankingView,
  { when, group, language }: { when: string; group: string; language: Telling['language'] },
): Part[] {
  const words = inspectionWords[language]
  const percent = (part: number) => words.percent(String(Math.round(part * 10_000) / 100))
  const [field, onTime] = [percent(spec.fieldWeight), percent(1 - spec.fieldWeight)]
  return [
    { part: 'paragraph', text: words.rankingText({ month: when, group, visits, field, onTime }) },
    { part: 'heading', text: words.ranking },
  ]
}

/** What the lines of a group are. */
const columnOf = {
  city_districts: 'district',
  counties: 'district',
  streets: 'street',
  departments: 'name',
} as const

const score = (value: number | null) => (value === null ? '—' : value.toFixed(2))

function rankTable({ lines, group }: WholeRankingView, { language }: Telling): Part {
  const { columns, none } = inspectionWords[language]
  return {
    part: 'table',
    caption: rankingGroups[group][language],
    columns: [
      { title: columns.rank, width: 8, align: 'center' },
      { title: columns[columnOf[group]], width: 24 },
      { title: columns.total, width: 12, align: 'right' },
      { title: columns.field, width: 12, align: 'right' },
      { title: columns.points, width: 8, align: 'right' },
      { title: columns.onTimeRate, width: 14, align: 'right' },
      { title: columns.onTime, width: 12, align: 'right' },
      { title: columns.remark, width: 24 },
    ],
    rows: lines.map((line): DocumentCell[] => [
      line.rank === null ? none : String(line.rank),
      line.name,
      score(line.total),
      score(line.field),
      line.points,
      line.onTime.percent === null ? none : `${line.onTime.percent}%`,
      `${line.onTime.part}/${line.onTime.whole}`,
      remarkOf(line, language),
    ]),
  }
}

function remarkOf({ unrankedBecause, bracket }: LineView, language: Telling['language']): string {
  if (unrankedBecause) return unrankedReasons[unrankedBecause][language]
  return bracket === null ? '' : inspectionWords[language].bracket(bracket)
}

function notesOf({ lines, spec }: WholeRankingView, { language }: Telling): Part[] {
  const words = inspectionWords[language]
  const notes: string[] = []
  if (lines.some(({ bracket }) => bracket !== null)) notes.push(words.bracketNote)
  if (lines.some(({ rank }) => rank === null)) notes.push(words.few(spec.pointsMin, spec.dueMin))
  return notes.map((text) => ({ part: 'note', text }))
}

function restOfNotice(ranking: WholeRankingView, telling: Telling): Part[] {
  const { language } = telling
  const words = inspectionWords[language]
  const { lines, cases, appeals, state, appealableUntil } = ranking
  const last = lines.find((line) => line.last)
  const all = appeals.open + appeals.granted + appeals.refused
  const counted = lines.map(({ name, cases: { figures } }) => ({ name, figures }))
  return [
    ...(last ? [{ part: 'paragraph', text: words.last(last.name) } as const] : []),
    { part: 'heading', text: words.rankedCases },
    ...(cases ? casesParts(cases.figures, language) : []),
    casesTable({ caption: words.caseColumns, of: columnOf[ranking.group], rows: counted }, language),
    { part: 'heading', text: words.appeals },
    {
      part: 'paragraph',
      text:
        state === 'draft' && appealableUntil
          ? words.appealsOpen(momentOf(appealableUntil, telling))
          : words.appealsDone({ all, ...appeals }),
    },
  ]
}
