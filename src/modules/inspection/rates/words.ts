import type { Words } from '#modules/organisation/pure.ts'

/** How the figures of cases are divided. */
export const caseDivisions = {
  district: { zh: '按县区', en: 'By district' },
  unit: { zh: '按责任单位', en: 'By unit' },
  standard: { zh: '按测评标准', en: 'By standard' },
  category: { zh: '按指标', en: 'By indicator' },
  source: { zh: '按来源', en: 'By source' },
  round: { zh: '按轮次', en: 'By round' },
  point_class: { zh: '按点位类型', en: 'By class of points' },
} as const satisfies Record<string, Words>
export type CaseDivision = keyof typeof caseDivisions
