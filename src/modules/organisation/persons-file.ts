import { type OutCell, writeWorkbook } from '#platform/files/index.ts'
import type { Reach } from '#platform/http/access.ts'
import type { Language } from '#platform/http/language.ts'
import type { PersonView } from './contract.ts'
import { everyPage } from './every-page.ts'
import type { LookUpReceipt } from './lookups/guard-lookups.ts'
import type { PersonFilter, PersonReading } from './person-conditions.ts'
import { listPersons } from './person-queries.ts'
import { ageBands, memberRoles, sexes } from './words.ts'

/** A list of people that is exported, as plain values. */
export interface PersonsAsked {
  today: string
  reach: Reach
  query: PersonFilter
  language: Language
}

export interface PersonsFile {
  /** How many people are in it. */
  people: number
  file: Uint8Array
}

/** The people who fit the filter as a spreadsheet, numbers masked. @throws DomainError `export.too_large` */
export async function personsFile(
  reading: PersonReading,
  { reach, query, language }: PersonsAsked,
  receipt?: LookUpReceipt,
): Promise<PersonsFile> {
  const people = await everyPage((page) => listPersons(reading, reach, { ...query, ...page }, receipt))
  const headings = personHeadings[language]
  const rows = [headings, ...people.flatMap((person) => personCells(person, language))]
  const sheet = { name: headings[0]!, headingRows: 1, widths: [12, 6, 12, 16], rows }
  return { people: people.length, file: await writeWorkbook([sheet]) }
}

const personHeadings: Record<Language, string[]> = {
  zh: ['姓名', '性别', '年龄段', '联系方式', '志愿者编号', '单位', '队伍', '角色', '服务类别', '技能'],
  en: [
    'Name',
    'Sex',
    'Age',
    'Contact',
    'Volunteer no.',
    'Unit',
    'Team',
    'Role',
    'Service category',
    'Skills',
  ],
}

/** One spreadsheet row for each membership. */
function personCells(person: PersonView, language: Language): OutCell[][] {
  const { name, sex, ageBand, contacts, volunteerNumber, serviceCategory, skills } = person
  const places = person.memberships.length > 0 ? person.memberships : [undefined]
  return places.map((place) => [
    name,
    sex && sexes[sex][language],
    ageBands[ageBand][language],
    contacts[0]?.masked,
    volunteerNumber,
    place?.unit?.name,
    place?.team.name,
    place && memberRoles[place.role][language],
    serviceCategory,
    skills.join('、'),
  ])
}
