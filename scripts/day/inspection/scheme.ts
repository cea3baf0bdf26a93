/** A small scheme of the project's own words, and points for it, as an office would keep them in spreadsheets. */
import { bytesOf, type ListFile, type Row } from '../../city/list-file.ts'

export interface Standard {
  code: string
  /** As a list writes it; 通用 is of every class. */
  pointClass: string
  indicator: string
  text: string
  weight: number
  /** Null: what fails has no deadline. */
  due: string | null
}

const standard = (
  code: string,
  pointClass: string,
  indicator: string,
  text: string,
  due: string | null = '3个工作日',
  weight = 1,
): Standard => ({ code, pointClass, indicator, text, weight, due })

export const standards: readonly Standard[] = [
  standard('TY-01', '通用', '环境卫生', '地面无散落垃圾', '3个工作日', 2),
  standard('TY-02', '通用', '环境卫生', '垃圾箱体干净，周围无溢出'),
  standard('TY-03', '通用', '环境卫生', '墙面无小广告', '3个工作日', 2),
  standard('TY-04', '通用', '公共秩序', '非机动车摆放成行'),
  standard('TY-05', '通用', '公共秩序', '机动车不占人行道'),
  standard('TY-06', '通用', '公共设施', '路灯和指示牌完好'),
  standard('TY-07', '通用', '公共设施', '井盖平整无缺失', '3个工作日', 2),
  standard('TY-08', '通用', '公共设施', '无障碍坡道畅通'),
  standard('TY-09', '通用', '宣传氛围', '公益广告完整清晰'),
  standard('TY-10', '通用', '宣传氛围', '文明提示牌无破损'),
  standard('TY-11', '通用', '公共设施', '老旧管线入地', null),
  standard('TY-12', '通用', '公共设施', '增设休息座椅', null),
  standard('TY-13', '通用', '环境卫生', '破损路面翻修', null),
  standard('TY-14', '通用', '公共秩序', '划定停车泊位', null),
  standard('XQ-01', '居民小区', '环境卫生', '楼道无堆放杂物', '3个工作日', 2),
  standard('XQ-02', '居民小区', '公共秩序', '消防通道无占用', '3个工作日', 2),
  standard('XQ-03', '居民小区', '宣传氛围', '居民公约上墙'),
  standard('XQ-04', '居民小区', '公共设施', '健身器材安全可用'),
  standard('XQ-05', '居民小区', '公共设施', '单元门改造', null),
  standard('XQ-06', '居民小区', '公共设施', '增设充电车棚', null),
  standard('SC-01', '农贸市场', '环境卫生', '摊位下无积水'),
  standard('SC-02', '农贸市场', '公共秩序', '无店外经营', '3个工作日', 2),
  standard('SC-03', '农贸市场', '宣传氛围', '证照和价格公示'),
  standard('SC-04', '农贸市场', '公共设施', '公平秤可用'),
  standard('SC-05', '农贸市场', '公共设施', '顶棚防水改造', null),
  standard('SC-06', '农贸市场', '公共设施', '分类垃圾房改造', null),
  standard('LD-01', '主次干道', '环境卫生', '绿化带内无杂物'),
  standard('LD-02', '主次干道', '公共秩序', '过街信号完好', '3个工作日', 2),
  standard('LD-03', '主次干道', '公共秩序', '无占道经营'),
  standard('LD-04', '主次干道', '公共设施', '护栏清洁无缺损'),
  standard('LD-05', '主次干道', '公共设施', '人行道砖更换', null),
  standard('LD-06', '主次干道', '公共设施', '盲道改造', null),
]

export const classes = ['居民小区', '农贸市场', '主次干道'] as const

/** A district that is inspected: its code, the code of a zone in it, and the units whose points they are. */
export interface District {
  code: string
  zoneCode: string
  units: readonly string[]
}

export const schemeName = '市文明城市日常测评体系'

/** The list of standards; the one who issues it is named in its title. */
export function standardsFile(issuer: string): Promise<Buffer> {
  const rows: Row[] = standards.map(({ code, pointClass, indicator, text, weight, due }, n) => {
    return [n + 1, code, pointClass, indicator, text, weight, due, '不需要', '是']
  })
  const heading = '序号 标准编码 点位类型 测评指标 测评内容 分值 整改时限 拍照要求 可不适用'.split(' ')
  return book('测评标准.xlsx', [[`${issuer}${schemeName}`], heading, ...rows])
}

/** The list of points: so many of each class in each district, shared among its units. */
export function pointsFile(districts: readonly District[], perClass: number): Promise<Buffer> {
  const rows = districts.flatMap(({ code, zoneCode, units }) =>
    classes.flatMap((pointClass, at) =>
      Array.from({ length: perClass }, (_, n): Row => {
        const number = `${code}-${at + 1}-${`${n + 1}`.padStart(2, '0')}`
        return [number, `第${n + 1}${pointClass}点`, pointClass, zoneCode, units[(at + n) % units.length]!]
      }),
    ),
  )
  const heading = ['点位编码', '点位名称', '点位类型', '所属网格', '管理单位']
  return book('测评点位.xlsx', [['测评点位台账'], heading, ...rows])
}

const book = (fileName: string, rows: Row[]): Promise<Buffer> =>
  bytesOf({ fileName, pages: [{ name: 'Sheet1', rows }] } satisfies ListFile)
