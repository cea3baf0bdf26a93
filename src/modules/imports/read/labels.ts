/**
 * Labels over blocks side by side: 一队 over the columns of its people, 二队 over those of the next team. Pure.
 */
import { searchNameOf } from '#modules/organisation/pure.ts'
import { classIn, teamNamed } from './defaults.ts'
import type { Section } from './entry.ts'
import type { Headings } from './headings.ts'
import { looksLikeUnit } from './names.ts'
import { roleOfDivider } from './row-kinds.ts'

type Texts = readonly string[]

/** The columns in which the blocks have the name of their person; empty unless a row has several people. */
export function blockStarts(headingTexts: Texts, headings: Headings): number[] {
  const starts = headingTexts.flatMap((text, index) => {
    const { person } = headings.read([text])
    return person?.attribute === 'name' && (person.owner ?? 'self') === 'self' ? [index] : []
  })
  return starts.length > 1 ? starts : []
}

/** The label over each block, in order; undefined when the texts of the row are not exactly one for each block. */
export function labelsOver(
  texts: Texts,
  starts: readonly number[],
  headings: Headings,
): string[] | undefined {
  const at = texts.flatMap((text, index) => (text === '' ? [] : [index]))
  if (starts.length < 2 || at.length !== starts.length) return undefined
  const over = starts.every(
    (start, n) => (at[n] as number) <= start && start < (at[n + 1] ?? Number.POSITIVE_INFINITY),
  )
  const labels = at.map((index) => texts[index] as string)
  const distinct = new Set(labels.map(searchNameOf)).size === labels.length
  const isLabel = (text: string) => /\p{L}/u.test(text) && text.length <= 60 && !headings.recognises(text)
  return over && distinct && labels.every(isLabel) ? labels : undefined
}

/** What a label says of the people below it; `certain` unless it may mean something else. */
export function sectionOf(label: string): { section: Section; certain: boolean } {
  const className = classIn(label)
  const role = roleOfDivider(label.normalize('NFKC').replace(/\s+/g, ''), 'classes')
  const said: Section = { ...(className ? { class: className } : {}), ...(role ? { role } : {}) }
  if (className || role) return { section: said, certain: true }
  const team = teamNamed(label)
  if (team) return { section: { team }, certain: true }
  if (looksLikeUnit(label)) return { section: { unit: label.trim() }, certain: true }
  return { section: { team: label.trim() }, certain: false }
}
