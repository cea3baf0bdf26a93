/** The lists that units and schools send to the office, one file each, with different layouts as in reality. */
import { districts } from './divisions.ts'
import type { School } from './schools.ts'
import type { Member, Team, Unit } from './units.ts'

export type Row = (string | number | null)[]
/** The content of a spreadsheet file with one sheet. */
export interface Sheet {
  fileName: string
  sheetName: string
  rows: Row[]
}

const districtName = (code: string) => districts.find((district) => district.code === code)?.name ?? ''
const kindText: Record<Unit['kind'] | 'school', string> = {
  government: '机关',
  enterprise: '企业',
  institution: '事业单位',
  social_organisation: '社会组织',
  community: '社区',
  school: '学校',
}

/** The office's register of units, including schools. */
export function unitsSheet(units: readonly Unit[], schools: readonly School[]): Sheet {
  const rows: Row[] = [
    ['单位名称', '单位性质', '上级单位', '所在区县', '系统', '职工人数', '联络员', '联络员电话', '别名'],
    ...units.map(
      (unit): Row => [
        unit.name,
        kindText[unit.kind],
        unit.parent?.name ?? null,
        districtName(unit.districtCode),
        unit.system,
        unit.staffCount,
        unit.liaison,
        unit.liaisonPhone,
        unit.aliases.join('、') || null,
      ],
    ),
    ...schools.map(
      (school): Row => [
        school.name,
        kindText.school,
        '本溪市教育局',
        districtName(school.districtCode),
        '教育',
        null,
        school.liaison,
        school.liaisonPhone,
        null,
      ],
    ),
  ]
  return { fileName: '单位名录.xlsx', sheetName: '单位', rows }
}

/** The register of teams, with their leaders and their starting points. */
export function teamsSheet(teams: readonly Team[]): Sheet {
  const rows: Row[] = [
    ['队伍名称', '所属单位', '队长', '队长电话', '驻地经度', '驻地纬度'],
    ...teams.map(({ name, unit, members, longitude, latitude }): Row => {
      const leader = members.find(({ role }) => role === 'leader')
      return [name, unit.name, leader?.name ?? null, leader?.phone ?? null, longitude, latitude]
    }),
  ]
  return { fileName: '志愿服务队名录.xlsx', sheetName: '队伍', rows }
}

const roleText: Record<Member['role'], string> = { leader: '队长', deputy: '副队长', member: '队员' }
const sexText = { male: '男', female: '女' }

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

const orders: readonly (readonly (keyof typeof columns)[])[] = [
  ['number', 'name', 'sex', 'birth', 'phone', 'unit', 'team', 'role', 'skills'],
  ['unit', 'team', 'name', 'phone', 'sex', 'role', 'birth', 'skills'],
  ['number', 'team', 'name', 'role', 'phone', 'birth', 'sex', 'skills'],
  ['name', 'phone', 'team', 'role', 'sex', 'birth', 'skills', 'unit'],
]

/** One unit's list of people. `n` selects the layout: column order, headings, title, telephone format, footer. */
export function peopleSheet(unit: Unit, n: number): Sheet {
  const order = orders[n % orders.length] as (typeof orders)[number]
  const wording = n % 3
  const people = unit.teams.flatMap((team) => team.members.map((member) => ({ member, team })))
  const body = people.map(
    ({ member, team }, at): Row =>
      order.map((key) => {
        if (key === 'number') return at + 1
        const value = columns[key].of(member, team)
        return key === 'phone' && typeof value === 'string' ? writtenPhone(value, n + at) : value
      }),
  )
  const heading = order.map((key) => columns[key].headings[wording] as string)
  const titled = n % 2 === 0 || !order.includes('unit')
  const rows: Row[] = titled ? [[`${unit.name}学雷锋志愿者名单`], [], heading, ...body] : [heading, ...body]
  if (n % 5 === 0) rows.push(['合计', `${people.length}人`])
  if (n % 7 === 0) rows.push([], ['填表人:', unit.liaison, '审核人:', null])
  return { fileName: `${unit.name}志愿者名单.xlsx`, sheetName: n % 4 === 0 ? '名单' : 'Sheet1', rows }
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

/** A school's class lists. Pupils have no telephone, so the lists name their guardians. */
export function classSheet(school: School): Sheet {
  const rows: Row[] = [
    [`${school.name}“小手拉大手”活动师生名单`],
    ['班级', '姓名', '性别', '出生日期', '身份', '电话', '监护人', '监护人电话', '监护人同意'],
    ...school.classes.flatMap(({ name: className, people }) =>
      people.map(
        ({ name, sex, birthDate, role, phone, guardian }): Row => [
          className,
          name,
          sexText[sex],
          birthDate,
          role === 'teacher' ? '教师' : '学生',
          phone,
          guardian?.name ?? null,
          guardian?.phone ?? null,
          guardian ? (guardian.consented ? '是' : '否') : null,
        ],
      ),
    ),
  ]
  return { fileName: `${school.name}师生名单.xlsx`, sheetName: '师生', rows }
}

/** The numbers of teachers and pupils of schools that report no names. */
export function headsSheet(schools: readonly School[]): Sheet {
  const rows: Row[] = [
    ['学校', '班级', '教师人数', '学生人数'],
    ...schools.flatMap(({ name, heads }) =>
      heads.map(({ className, teachers, pupils }): Row => [name, className, teachers, pupils]),
    ),
  ]
  return { fileName: '学校人数统计.xlsx', sheetName: '人数', rows }
}
