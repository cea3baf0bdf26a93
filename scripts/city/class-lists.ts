/** Schools' class lists, in the layouts in which schools really send them. Pupils have no telephone: guardians are named. */
import type { ListFile, Page, Row } from './list-file.ts'
import { sexText } from './people-lists.ts'
import type { ClassPerson, School, SchoolClass } from './schools.ts'

const roleText = { teacher: '教师', pupil: '学生' }
const consentText = (guardian: ClassPerson['guardian']) =>
  guardian ? (guardian.consented ? '是' : '否') : null
const titleOf = ({ name }: School) => `${name}“小手拉大手”活动师生名单`

const said = ({ name, sex, birthDate, role, phone }: ClassPerson): Row => [
  name,
  sexText[sex],
  birthDate,
  roleText[role],
  phone,
]
const guarded = ({ guardian }: ClassPerson): Row => [
  guardian?.name ?? null,
  guardian?.phone ?? null,
  consentText(guardian),
]
const person = ['姓名', '性别', '出生日期', '身份', '电话']
const guardian = ['监护人', '监护人电话', '监护人同意']

type Layout = (school: School) => ListFile[]

const oneFile = (school: School, pages: Page[]): ListFile[] => [
  { fileName: `${school.name}师生名单.xlsx`, pages },
]

const plain: Layout = (school) => {
  const rows = school.classes.flatMap(({ name, people }) =>
    people.map((one): Row => [name, ...said(one), ...guarded(one)]),
  )
  return oneFile(school, [
    { name: '师生', rows: [[titleOf(school)], ['班级', ...person, ...guardian], ...rows] },
  ])
}

/** A group of columns for the pupil and one for the guardian, each with 姓名 and 联系方式. */
const groups: Layout = (school) => {
  const rows: Row[] = [
    [titleOf(school)],
    ['班级', '学生信息', null, null, null, null, '监护人信息', null, '监护人同意'],
    [null, '姓名', '性别', '出生日期', '身份', '联系方式', '姓名', '联系方式', null],
    ...school.classes.flatMap(({ name, people }) =>
      people.map((one): Row => [name, ...said(one), ...guarded(one)]),
    ),
  ]
  return oneFile(school, [{ name: 'Sheet1', rows, merges: ['A1:I1', 'A2:A3', 'B2:F2', 'G2:H2', 'I2:I3'] }])
}

const classRows = ({ people }: SchoolClass): Row[] => [
  [...person, ...guardian],
  ...people.map((one): Row => [...said(one), ...guarded(one)]),
]

/** A sheet for each class, called by its name. */
const sheetPerClass: Layout = (school) =>
  oneFile(
    school,
    school.classes.map((one) => ({ name: one.name, rows: [[titleOf(school)], ...classRows(one)] })),
  )

/** A file for each class, whose title names the teacher in charge. */
const filePerClass: Layout = (school) =>
  school.classes.map((one) => {
    const teacher = one.people.find(({ role }) => role === 'teacher')
    const title: Row[] = [
      [`${school.name}${one.name}学生信息表`],
      [`班主任：${teacher?.name}  电话：${teacher?.phone}`],
    ]
    const pages = [{ name: 'Sheet1', rows: [...title, ...classRows(one)] }]
    return { fileName: `${school.name}${one.name}学生信息表.xlsx`, pages }
  })

/** 四年级 and 1班 in two columns. */
const gradeAndClass: Layout = (school) => {
  const rows = school.classes.flatMap(({ name, people }) =>
    people.map((one): Row => [name.slice(0, 3), name.slice(3), ...said(one), ...guarded(one)]),
  )
  return oneFile(school, [
    { name: '师生', rows: [[titleOf(school)], ['年级', '班级', ...person, ...guardian], ...rows] },
  ])
}

/** The class on a line of its own, merged over all columns. */
const dividingLines: Layout = (school) => {
  const rows: Row[] = [[titleOf(school)], ['序号', ...person, ...guardian]]
  const merges: string[] = []
  for (const { name, people } of school.classes) {
    rows.push([name])
    merges.push(`A${rows.length}:I${rows.length}`)
    rows.push(...people.map((one, at): Row => [at + 1, ...said(one), ...guarded(one)]))
  }
  return oneFile(school, [{ name: '师生', rows, merges }])
}

/** 家长 | 电话 behind the pupil: whose number it is says its place alone. */
const guardianBehind: Layout = (school) => {
  const rows = school.classes.flatMap(({ name, people }) =>
    people.map((one): Row => [name, ...said(one), ...guarded(one)]),
  )
  const heading = ['班级', ...person, '家长姓名', '电话', '家长是否同意']
  return oneFile(school, [{ name: 'Sheet1', rows: [[titleOf(school)], heading, ...rows] }])
}

const layouts: readonly Layout[] = [
  plain,
  groups,
  sheetPerClass,
  gradeAndClass,
  dividingLines,
  guardianBehind,
  plain,
]

/** The lists of all schools that name their people. The first one sends a file for each class. */
export function classFiles(schools: readonly School[]): ListFile[] {
  const naming = schools.filter(({ classes }) => classes.length > 0)
  return naming.flatMap((school, n) =>
    n === 0 ? filePerClass(school) : (layouts[n % layouts.length] as Layout)(school),
  )
}
