/** The lists as they arrive at an office: one file from every unit and school, no two quite alike. */
import { districts } from './divisions.ts'
import type { School } from './schools.ts'
import type { Member, Team, Unit } from './units.ts'

export type Row = (string | number | null)[]
/** A spreadsheet file before it is written: its name and the rows of its one sheet. */
export interface Sheet {
  fileName: string
  sheetName: string
  rows: Row[]
}

const districtName = (code: string) => districts.find((d) => d.code === code)?.name ?? ''
const kindText: Record<Unit['kind'] | 'school', string> = {
  government: '机关',
  enterprise: '企业',
  institution: '事业单位',
  social_organisation: '社会组织',
  community: '社区',
  school: '学校',
}

/** The register of units, kept by the office itself, schools among them. */
export function unitsSheet(units: readonly Unit[], schools: readonly School[]): Sheet {
  const rows: Row[] = [
    ['单位名称', '单位性质', '上级单位', '所在区县', '系统', '职工人数', '联络员', '联络员电话', '别名'],
    ...units.map(
      (u): Row => [
        u.name,
        kindText[u.kind],
        u.parent?.name ?? null,
        districtName(u.districtCode),
        u.system,
        u.staffCount,
        u.liaison,
        u.liaisonPhone,
        u.aliases.join('、') || null,
      ],
    ),
    ...schools.map(
      (s): Row => [
        s.name,
        kindText.school,
        '本溪市教育局',
        districtName(s.districtCode),
        '教育',
        null,
        s.liaison,
        s.liaisonPhone,
        null,
      ],
    ),
  ]
  return { fileName: '单位名录.xlsx', sheetName: '单位', rows }
}

/** The register of teams with their leaders and where they start from. */
export function teamsSheet(teams: readonly Team[]): Sheet {
  const rows: Row[] = [
    ['队伍名称', '所属单位', '队长', '队长电话', '驻地经度', '驻地纬度'],
    ...teams.map((t): Row => {
      const leader = t.members.find((m) => m.role === 'leader')
      return [t.name, t.unit.name, leader?.name ?? null, leader?.phone ?? null, t.longitude, t.latitude]
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
  name: { headings: ['姓名', '名字', '志愿者姓名'], of: (m) => m.name },
  sex: { headings: ['性别', '性 别', '性别'], of: (m) => sexText[m.sex] },
  birth: { headings: ['出生日期', '出生年月日', '出生日期'], of: (m) => m.birthDate },
  phone: { headings: ['手机号', '联系电话', '手机'], of: (m) => m.phone },
  unit: { headings: ['单位', '所属单位', '工作单位'], of: (_, t) => t.unit.name },
  team: { headings: ['队伍', '志愿服务队', '所在队伍'], of: (_, t) => t.name },
  role: { headings: ['职务', '队内职务', '职务'], of: (m) => roleText[m.role] },
  skills: { headings: ['特长', '技能', '专业特长'], of: (m) => m.skills.join('、') || null },
} satisfies Record<string, Column>

const orders: readonly (readonly (keyof typeof columns)[])[] = [
  ['number', 'name', 'sex', 'birth', 'phone', 'unit', 'team', 'role', 'skills'],
  ['unit', 'team', 'name', 'phone', 'sex', 'role', 'birth', 'skills'],
  ['number', 'team', 'name', 'role', 'phone', 'birth', 'sex', 'skills'],
  ['name', 'phone', 'team', 'role', 'sex', 'birth', 'skills', 'unit'],
]

/** One unit's list of people; `n` decides its manners: order, headings, title, how numbers are written, what stands below. */
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

/** As people type them: plain, as a number, in groups, with the country's code, in full width. */
function writtenPhone(phone: string, manner: number): string | number {
  switch (manner % 11) {
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

/** A school's class lists, with guardians, since its pupils have no telephones. */
export function classSheet(school: School): Sheet {
  const rows: Row[] = [
    [`${school.name}“小手拉大手”活动师生名单`],
    ['班级', '姓名', '性别', '出生日期', '身份', '电话', '监护人', '监护人电话', '监护人同意'],
    ...school.classes.flatMap((c) =>
      c.people.map(
        (p): Row => [
          c.name,
          p.name,
          sexText[p.sex],
          p.birthDate,
          p.role === 'teacher' ? '教师' : '学生',
          p.phone,
          p.guardian?.name ?? null,
          p.guardian?.phone ?? null,
          p.guardian ? (p.guardian.consented ? '是' : '否') : null,
        ],
      ),
    ),
  ]
  return { fileName: `${school.name}师生名单.xlsx`, sheetName: '师生', rows }
}

/** Schools that give heads and no names. */
export function headsSheet(schools: readonly School[]): Sheet {
  const rows: Row[] = [
    ['学校', '班级', '教师人数', '学生人数'],
    ...schools.flatMap((s) => s.heads.map((h): Row => [s.name, h.className, h.teachers, h.pupils])),
  ]
  return { fileName: '学校人数统计.xlsx', sheetName: '人数', rows }
}
