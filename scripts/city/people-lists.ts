/** Units' lists of volunteers, in the layouts in which offices really send them; a seed draws who uses which. */
import { columnName, type ListFile, type Page, type Row } from './list-file.ts'
import { Dice } from './random.ts'
import type { Member, Team, Unit } from './units.ts'

const roleText: Record<Member['role'], string> = { leader: '队长', deputy: '副队长', member: '队员' }
export const sexText = { male: '男', female: '女' }

interface Column {
  headings: readonly string[]
  of: (member: Member, team: Team) => string | number | null
}
const columns = {
  number: { headings: ['序号', '编号', '序号'], of: () => null },
  name: { headings: ['姓名', '名字', '志愿者姓名'], of: ({ name }) => name },
  sex: { headings: ['性别', '性 别', '性别'], of: ({ sex }) => sexText[sex] },
  birth: { headings: ['出生日期', '出生年月日', '出生日期'], of: ({ birthDate }) => birthDate },
  phone: { headings: ['手机号', '联系电话', '手机'], of: ({ phone }) => phone },
  unit: { headings: ['单位', '所属单位', '工作单位'], of: (_, { unit }) => unit.name },
  team: { headings: ['队伍', '志愿服务队', '所在队伍'], of: (_, { name }) => name },
  role: { headings: ['职务', '队内职务', '职务'], of: ({ role }) => roleText[role] },
  skills: { headings: ['特长', '技能', '专业特长'], of: ({ skills }) => skills.join('、') || null },
} satisfies Record<string, Column>
type Key = keyof typeof columns

const orders: readonly (readonly Key[])[] = [
  ['number', 'name', 'sex', 'birth', 'phone', 'unit', 'team', 'role', 'skills'],
  ['unit', 'team', 'name', 'phone', 'sex', 'role', 'birth', 'skills'],
  ['number', 'team', 'name', 'role', 'phone', 'birth', 'sex', 'skills'],
  ['name', 'phone', 'team', 'role', 'sex', 'birth', 'skills', 'unit'],
]
/** What a list says of a person where its sheet, a line or a label says the team. */
const own: readonly Key[] = ['name', 'sex', 'birth', 'phone', 'role', 'skills']

/** One unit's people, and the manner of whoever writes the list. */
interface Writing {
  unit: Unit
  /** Selects headings and formats of numbers. */
  n: number
  title: string
}

type Layout = (writing: Writing) => Page[]

const headingsOf = (keys: readonly Key[], n: number) =>
  keys.map((key) => columns[key].headings[n % 3] as string)

/** One person's cells. @param at the place in the list, from 0 */
function cellsOf(keys: readonly Key[], { member, team }: Placed, at: number, n: number): Row {
  return keys.map((key) => {
    if (key === 'number') return at + 1
    const value = columns[key].of(member, team)
    return key === 'phone' && typeof value === 'string' ? writtenPhone(value, n + at) : value
  })
}

interface Placed {
  member: Member
  team: Team
}
const placed = (teams: readonly Team[]): Placed[] =>
  teams.flatMap((team) => team.members.map((member) => ({ member, team })))

/** Headings in one row below a title, with a total and signatures below. */
const plain: Layout = ({ unit, n, title }) => {
  const order = orders[n % orders.length] as (typeof orders)[number]
  const people = placed(unit.teams)
  const body = people.map((one, at) => cellsOf(order, one, at, n))
  const titled = n % 2 === 0 || !order.includes('unit')
  const rows: Row[] = [...(titled ? [[title], []] : []), headingsOf(order, n), ...body]
  if (n % 5 === 0) rows.push(['合计', `${people.length}人`])
  if (n % 7 === 0) rows.push([], ['填表人:', unit.liaison, '审核人:', null])
  return [{ name: n % 4 === 0 ? '名单' : 'Sheet1', rows }]
}

/** Two people side by side, to fit on a page. */
const blocks: Layout = ({ unit, n, title }) => {
  const keys: readonly Key[] = ['number', ...own, 'team']
  const people = placed(unit.teams)
  const rows: Row[] = [[title], [...headingsOf(keys, n), ...headingsOf(keys, n)]]
  for (let at = 0; at < people.length; at += 2)
    rows.push(people.slice(at, at + 2).flatMap((one, of) => cellsOf(keys, one, at + of, n)))
  return [{ name: '名单', rows, merges: [`A1:${columnName(2 * keys.length - 1)}1`] }]
}

/** Groups of columns over the headings. */
const groups: Layout = ({ unit, n, title }) => {
  const keys: readonly Key[] = ['number', 'name', 'sex', 'birth', 'phone', 'team', 'role', 'skills']
  const rows: Row[] = [
    [title],
    ['序号', '志愿者信息', null, null, null, '服务情况', null, null],
    [null, ...headingsOf(keys.slice(1), n)],
    ...placed(unit.teams).map((one, at) => cellsOf(keys, one, at, n)),
  ]
  return [{ name: 'Sheet1', rows, merges: ['A1:H1', 'A2:A3', 'B2:E2', 'F2:H2'] }]
}

/** A sheet for each team, called by its name. */
const sheetPerTeam: Layout = ({ unit, n, title }) =>
  unit.teams.map((team) => ({
    name: team.name,
    rows: [
      [title],
      headingsOf(['number', ...own], n),
      ...placed([team]).map((one, at) => cellsOf(['number', ...own], one, at, n)),
    ],
  }))

/** Unit and team stand once, merged over their people. */
const mergedCells: Layout = ({ unit, n, title }) => {
  const keys: readonly Key[] = ['unit', 'team', ...own]
  const rows: Row[] = [[title], headingsOf(keys, n)]
  const merges = [`A1:${columnName(keys.length - 1)}1`]
  const over = (column: string, first: number, count: number) => {
    if (count > 1) merges.push(`${column}${first}:${column}${first + count - 1}`)
  }
  over('A', 3, placed(unit.teams).length)
  for (const team of unit.teams) {
    over('B', rows.length + 1, team.members.length)
    for (const [at, one] of placed([team]).entries()) {
      const [ofUnit, ofTeam, ...others] = cellsOf(keys, one, rows.length - 2, n)
      rows.push([rows.length === 2 ? (ofUnit ?? null) : null, at === 0 ? (ofTeam ?? null) : null, ...others])
    }
  }
  return [{ name: 'Sheet1', rows, merges }]
}

/** What is the same as above is not written again. */
const dittoMarks: Layout = ({ unit, n, title }) => {
  const keys: readonly Key[] = ['name', 'team', 'sex', 'birth', 'phone', 'role', 'skills']
  const mark = ['同上', '〃', '″'][n % 3] as string
  const rows = unit.teams.flatMap((team) =>
    placed([team]).map((one, at) => {
      const [name = null, ofTeam = null, ...others] = cellsOf(keys, one, at, n)
      return [name, at === 0 ? ofTeam : mark, ...others]
    }),
  )
  return [{ name: 'Sheet1', rows: [[title], headingsOf(keys, n), ...rows] }]
}

/** The team on a line of its own above its people. */
const dividingLines: Layout = ({ unit, n, title }) => {
  const keys: readonly Key[] = ['number', ...own]
  const rows: Row[] = [[title], headingsOf(keys, n)]
  const merges: string[] = []
  for (const team of unit.teams) {
    rows.push([`${team.name}（${team.members.length}人）`])
    merges.push(`A${rows.length}:${columnName(keys.length - 1)}${rows.length}`)
    rows.push(...placed([team]).map((one, at) => cellsOf(keys, one, at, n)))
    rows.push(['小计', `${team.members.length}人`])
  }
  return [{ name: '名单', rows, merges }]
}

/** A second table below the first, with its columns in another order. */
const twoTables: Layout = ({ unit, n, title }) => {
  const later: readonly Key[] = ['team', 'role', 'phone', 'name', 'birth', 'sex', 'skills']
  const [first, ...others] = unit.teams
  const keys: readonly Key[] = ['number', ...own, 'team']
  const rows: Row[] = [
    [title],
    headingsOf(keys, n),
    ...placed(first ? [first] : []).map((one, at) => cellsOf(keys, one, at, n)),
  ]
  for (const team of others)
    rows.push(
      [],
      ['附：补充名单'],
      headingsOf(later, n),
      ...placed([team]).map((one, at) => cellsOf(later, one, at, n)),
    )
  return [{ name: 'Sheet1', rows }]
}

/** Numbers with remarks, remarks in a column of their own, and a total in the last row. */
const remarks: Layout = ({ unit, n, title }) => {
  const keys: readonly Key[] = ['number', 'name', 'sex', 'birth', 'phone', 'team', 'role', 'skills']
  const people = placed(unit.teams)
  const rows: Row[] = people.map((one, at) => {
    const cells = cellsOf(keys, one, at, n)
    const { phone } = one.member
    if (phone && at % 4 === 1) cells[4] = `${phone}（微信同号）`
    if (phone && at % 4 === 3) cells[4] = `本人：${phone}`
    return [...cells, at % 6 === 0 ? '已培训' : null]
  })
  const total: Row = [`共计${people.length}人`]
  return [
    {
      name: 'Sheet1',
      rows: [[title], [...headingsOf(keys, n), '备注'], ...rows, total, [`填表人：${unit.liaison}`]],
    },
  ]
}

/** A text table in GB18030, as another system wrote it. */
const textTable: Layout = ({ unit, n }) => {
  const keys: readonly Key[] = ['unit', 'team', ...own]
  const rows = placed(unit.teams).map((one, at) => cellsOf(keys, one, at, n))
  return [{ name: '', rows: [headingsOf(keys, n), ...rows] }]
}

/** A heading that may mean anything: the office is asked whether its column names people. */
const comrades: Layout = ({ unit, n, title }) => {
  const keys: readonly Key[] = ['number', 'unit', 'name', 'sex', 'birth', 'phone', 'team', 'role', 'skills']
  const heading = headingsOf(keys, n).with(2, '同志')
  const rows = placed(unit.teams).map((one, at) => cellsOf(keys, one, at, n))
  return [{ name: 'Sheet1', rows: [[title], heading, ...rows] }]
}

/** The names and the numbers of a whole row stand in as many cells as people: each line of a page has three of them. */
const threeInARow: Layout = ({ unit, n, title }) => {
  const keys: readonly Key[] = [...own, 'team']
  const people = placed(unit.teams)
  const heading = headingsOf(keys, n)
  const rows: Row[] = [[title], [...heading, ...heading, ...heading]]
  for (let at = 0; at < people.length; at += 3)
    rows.push(people.slice(at, at + 3).flatMap((one, of) => cellsOf(keys, one, at + of, n)))
  return [{ name: '名单', rows }]
}

/** How many of a hundred units send each layout; the plain one is sent by the rest. */
const mix: readonly (readonly [share: number, layout: Layout])[] = [
  [7, blocks],
  [4, threeInARow],
  [7, groups],
  [7, sheetPerTeam],
  [7, mergedCells],
  [6, dittoMarks],
  [7, dividingLines],
  [6, remarks],
  [5, textTable],
  [2, comrades],
]

function layoutFor(unit: Unit, dice: Dice): Layout {
  let roll = dice.roll() * 100
  if (unit.teams.length > 1 && roll < 25) return twoTables
  for (const [share, layout] of mix) {
    roll -= share
    if (roll < 0) return layout
  }
  return plain
}

/** Every unit's list; the same seed draws the same layouts. */
export function peopleFiles(units: readonly Unit[], seed = 20_260_307): ListFile[] {
  const dice = new Dice(seed)
  return units.map((unit, n) => {
    const layout = layoutFor(unit, dice)
    const pages = layout({ unit, n, title: `${unit.name}学雷锋志愿者名单` })
    const ending = layout === textTable ? 'csv' : 'xlsx'
    return { fileName: `${unit.name}志愿者名单.${ending}`, pages }
  })
}

/**
 * A telephone number in one of the formats that people type: plain, numeric, in groups, with country code, full width.
 */
function writtenPhone(phone: string, variant: number): string | number {
  switch (variant % 11) {
    case 3:
      return Number(phone)
    case 5:
      return `${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}`
    case 7:
      return `+86-${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}`
    case 9:
      return [...phone].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('')
    default:
      return phone
  }
}
