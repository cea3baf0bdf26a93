/** The registers that the city's office keeps: units, teams, and heads without names. */
import { districts } from './divisions.ts'
import type { ListFile, Row } from './list-file.ts'
import type { School } from './schools.ts'
import type { Team, Unit } from './units.ts'

const districtName = (code: string) => districts.find((district) => district.code === code)?.name ?? ''
const kindText: Record<Unit['kind'] | 'school', string> = {
  government: '机关',
  enterprise: '企业',
  institution: '事业单位',
  social_organisation: '社会组织',
  community: '社区',
  school: '学校',
}

/** The office's register of units, including schools: the liaison's name and number below one heading. */
export function unitsFile(units: readonly Unit[], schools: readonly School[]): ListFile {
  const rows: Row[] = [
    ['全市文明单位名录'],
    ['单位名称', '单位性质', '上级单位', '所在区县', '系统', '职工人数', '联络员', null, '别名'],
    [null, null, null, null, null, null, '姓名', '电话', null],
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
  const over = ['A', 'B', 'C', 'D', 'E', 'F', 'I'].map((column) => `${column}2:${column}3`)
  return {
    fileName: '单位名录.xlsx',
    pages: [{ name: '单位', rows, merges: ['A1:I1', 'G2:H2', ...over] }],
  }
}

/** The register of teams, with their leaders and their starting points. */
export function teamsFile(teams: readonly Team[]): ListFile {
  const rows: Row[] = [
    ['队伍名称', '所属单位', '队长', '联系电话', '驻地经度', '驻地纬度'],
    ...teams.map(({ name, unit, members, longitude, latitude }): Row => {
      const leader = members.find(({ role }) => role === 'leader')
      return [name, unit.name, leader?.name ?? null, leader?.phone ?? null, longitude, latitude]
    }),
  ]
  return { fileName: '志愿服务队名录.xlsx', pages: [{ name: '队伍', rows }] }
}

/** The numbers of teachers and pupils of schools that report no names. */
export function headsFile(schools: readonly School[]): ListFile {
  const rows: Row[] = [
    ['学校', '班级', '教师人数', '学生人数'],
    ...schools.flatMap(({ name, heads }) =>
      heads.map(({ className, teachers, pupils }): Row => [name, className, teachers, pupils]),
    ),
  ]
  return { fileName: '学校人数统计.xlsx', pages: [{ name: '人数', rows }] }
}
