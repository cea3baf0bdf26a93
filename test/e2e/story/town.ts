/** The lists of a small town, as an office would send them: units, teams, people, places. The same in every run. */
import { type OutCell, writeWorkbook } from '#platform/files/index.ts'

const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚'
const family = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'

export interface Town {
  units: string[]
  teams: { name: string; unit: string; people: { name: string; phone: string }[] }[]
  zones: string[]
}

/** A town of `count` people in teams of some 25, two teams a unit. */
export function aTown(count: number): Town {
  const teams: Town['teams'] = []
  const units: string[] = []
  for (let n = 0; n < count; n++) {
    const at = Math.floor(n / 25)
    if (n % 50 === 0)
      units.push(
        `市${'政法财税农林水利文体卫教工商交通民政统计司法审计物价档案'.slice(at % 24, (at % 24) + 2)}第${units.length + 1}局`,
      )
    if (n % 25 === 0) teams.push({ name: `第${at + 1}志愿服务队`, unit: units.at(-1) as string, people: [] })
    const name = `${family[n % 20]}${given[Math.floor(n / 20) % 20]}${given[Math.floor(n / 400) % 20]}`
    teams.at(-1)?.people.push({ name, phone: `154${String(10_000_000 + n)}` })
  }
  const zones = Array.from({ length: Math.max(3, Math.ceil(count / 60)) }, (_, n) => `永丰第${n + 1}社区`)
  return { units, teams, zones }
}

interface Upload {
  name: string
  mimeType: string
  buffer: Buffer
}

async function aFile(name: string, rows: OutCell[][]): Promise<Upload> {
  return {
    name: `${name}.xlsx`,
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: await writeWorkbook([{ name, rows }]),
  }
}

export const unitsFile = ({ units }: Town) =>
  aFile('单位名录', [['单位名称', '单位性质'], ...units.map((unit) => [unit, '机关'])])

export const teamsFile = ({ teams }: Town) =>
  aFile('志愿服务队名录', [['队伍名称', '所属单位'], ...teams.map(({ name, unit }) => [name, unit])])

export const peopleFile = ({ teams }: Town) =>
  aFile('志愿者名单', [
    ['姓名', '手机号', '单位', '队伍', '职务'],
    ...teams.flatMap(({ name: team, unit, people }) =>
      people.map(({ name, phone }, n) => [name, phone, unit, team, n === 0 ? '队长' : '队员']),
    ),
  ])

export const zonesFile = ({ zones }: Town) =>
  aFile('网格', [
    ['编码', '名称', '类别', '经度', '纬度'],
    ...zones.map((name, n) => [
      `Y${n + 1}`,
      name,
      '社区',
      123.75 + (n % 8) * 0.006,
      41.28 + Math.floor(n / 8) * 0.005,
    ]),
  ])
