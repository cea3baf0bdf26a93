import type { SheetVocabulary } from '#modules/imports/index.ts'
import { pointTemplate } from './templates.ts'

/** How a list of points is recognised, and its headings as offices write them. */
export const pointSheets: SheetVocabulary = {
  kinds: {
    points: {
      called: { zh: '点位台账', en: 'Points' },
      all: ['pointName'],
      any: [['pointCode', 'pointClass']],
      none: ['name', 'guardian', 'teacher', 'class', 'standardCode'],
      uses: [
        'number',
        'pointCode',
        'pointName',
        'pointClass',
        'pointZone',
        'unit',
        'owingUnits',
        'district',
        'longitude',
        'latitude',
      ],
    },
  },
  fields: {
    pointCode: {
      zh: '点位编码',
      en: 'Code of the point',
      read: 'line',
      also: ['点位编号', '点位代码', '点位序号', 'pointcode'],
    },
    pointName: {
      zh: '点位名称',
      en: 'Point',
      read: 'line',
      also: ['点位', '点位名', '测评点位', '考察点位', '检查点位', '督查点位', '实地考察点位', '迎检点位'],
    },
    pointClass: {
      zh: '点位类型',
      en: 'Class of points',
      read: 'line',
      also: [
        '点位类别',
        '点位种类',
        '点位分类',
        '场所类型',
        '场所类别',
        '适用点位',
        '适用点位类型',
        '测评点位类型',
      ],
    },
    pointZone: {
      zh: '所属网格',
      en: 'Zone',
      read: 'line',
      also: [
        '网格',
        '网格名称',
        '网格编码',
        '所在网格',
        '区域名称',
        '区域编码',
        '所在区域',
        '所属区域',
        '所属街道',
        '所在街道',
        '街道',
        '街道乡镇',
        '所属社区',
      ],
    },
  },
  also: { unit: ['点位所属单位', '管理单位', '权属单位', '运营单位'] },
  templates: { points: pointTemplate },
}

/** The values of a row of such a list. */
export interface PointCells {
  pointCode?: string
  pointName?: string
  pointClass?: string
  pointZone?: string
  owingUnits?: string
}
