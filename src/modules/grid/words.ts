import type { Words } from '#modules/organisation/index.ts'

/**
 * What a zone is. The first group are official divisions (their kinds stand in division lists),
 * the second what a city's grid is made of.
 */
export const zoneKinds = {
  province: { zh: '省', en: 'Province' },
  prefecture_city: { zh: '地级市', en: 'Prefecture-level city' },
  district: { zh: '区', en: 'District' },
  county: { zh: '县', en: 'County' },
  county_city: { zh: '县级市', en: 'County-level city' },
  autonomous_county: { zh: '自治县', en: 'Autonomous county' },
  subdistrict: { zh: '街道', en: 'Subdistrict' },
  town: { zh: '镇', en: 'Town' },
  township: { zh: '乡', en: 'Township' },
  ethnic_township: { zh: '民族乡', en: 'Ethnic township' },
  community: { zh: '社区', en: 'Community' },
  village: { zh: '行政村', en: 'Village' },
  statistical_unit: { zh: '统计单元', en: 'Statistical unit' },
  grid_cell: { zh: '网格', en: 'Grid cell' },
  compound: { zh: '居民小区', en: 'Residential compound' },
  street: { zh: '主次干道', en: 'Street' },
  back_street: { zh: '背街小巷', en: 'Back street' },
  intersection: { zh: '路口', en: 'Intersection' },
  park: { zh: '公园', en: 'Park' },
  square: { zh: '广场', en: 'Square' },
  market: { zh: '市场', en: 'Market' },
  station: { zh: '车站', en: 'Station' },
  school_surroundings: { zh: '学校周边', en: 'School surroundings' },
  hospital_surroundings: { zh: '医院周边', en: 'Hospital surroundings' },
  commercial_street: { zh: '商业街', en: 'Commercial street' },
  service_hall: { zh: '政务大厅', en: 'Service hall' },
  scenic_area: { zh: '景区', en: 'Scenic area' },
  riverside: { zh: '河岸', en: 'Riverside' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Record<string, Words>
export type ZoneKind = keyof typeof zoneKinds

/** The three standing answers to "who is responsible" (三定, 包保). */
export const responsibilityLevels = {
  leader: { zh: '包保领导', en: 'Leader' },
  unit: { zh: '责任单位', en: 'Unit' },
  counsellor: { zh: '创城辅导员', en: 'Counsellor' },
} as const satisfies Record<string, Words>
export type ResponsibilityLevel = keyof typeof responsibilityLevels
