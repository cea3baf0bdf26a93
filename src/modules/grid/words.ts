import type { Words } from '#modules/organisation/index.ts'

/** Kinds of zones. First the official divisions (as in official division lists), then the parts of a city's grid. */
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

/** What somebody may do with a zone, by right. */
export const zoneOperations = {
  changeZone: { zh: '修改区域', en: 'change the zone' },
  closeZone: { zh: '停用区域', en: 'close the zone' },
  reopenZone: { zh: '恢复区域', en: 'open the zone again' },
  createResponsibility: { zh: '登记责任分工', en: 'enter who answers for it' },
} as const satisfies Record<string, Words>
export type ZoneOperation = keyof typeof zoneOperations

/** What hangs on a zone, and goes to its parts when it is split. */
export const heldKinds = {
  zone: { zh: '下级区域', en: 'Zone below it' },
  responsibility: { zh: '责任分工', en: 'Duty' },
  shift: { zh: '岗位班次', en: 'Shift' },
  point: { zh: '点位', en: 'Point' },
} as const satisfies Record<string, Words>
export type HeldKind = keyof typeof heldKinds

/** The levels of standing responsibility (三定, 包保). A partner (结对共建) helps and never answers for what is found. */
export const responsibilityLevels = {
  leader: { zh: '包保领导', en: 'Leader' },
  unit: { zh: '责任单位', en: 'Unit' },
  counsellor: { zh: '创城辅导员', en: 'Counsellor' },
  partner: { zh: '共建单位', en: 'Partner' },
} as const satisfies Record<string, Words>
export type ResponsibilityLevel = keyof typeof responsibilityLevels

/** The texts of this slice's error codes: what is wrong and what to do. */
export const gridErrors: Record<string, Words> = {
  'bbox.invalid': {
    zh: '范围格式有误：西、南、东、北，单位为度。',
    en: 'A box is west,south,east,north in degrees.',
  },
  'boundary.invalid': {
    zh: '边界有误：请检查是否自相交、过小或超出本市。',
    en: 'The boundary is not usable: does it cross itself, is it too small or too far away? Draw it again.',
  },
  'period.empty': { zh: '结束日期应晚于开始日期。', en: 'The period must end after it begins.' },
  'responsibility.bearer': {
    zh: '请填写一个单位或一位人员，不能都填。',
    en: 'Name a unit or a person, and not both.',
  },
  'responsibility.missing': { zh: '没有这条责任记录。', en: 'There is no such responsibility.' },
  'responsibility.overlaps_itself': {
    zh: '同一区域、同一责任方的时间重叠，请调整日期。',
    en: 'The same zone and bearer have an entry for this time already. Change the dates.',
  },
  'responsibility.period': {
    zh: '责任期限有误，请核对起止日期。',
    en: 'The period is not possible. Check both dates.',
  },
  'split.one_part': {
    zh: '“{name}”只能归入一个区域；责任分工才能归入多个。',
    en: '“{name}” goes to one zone alone. Only duties go to several.',
  },
  'split.unanswered': {
    zh: '还有{open}项未确定归入哪个区域，请逐项选择。',
    en: 'Say where the rest goes first. Open: {open}.',
  },
  'zone.closed': { zh: '该区域已停用。', en: 'The zone is closed.' },
  'zone.code_taken': {
    zh: '区域编码已被使用，请换一个。',
    en: 'Another zone has this code. Choose another.',
  },
  'zone.cycle': {
    zh: '区域不能隶属于自身或其下级，最多12级。',
    en: 'A zone cannot lie below itself, nor more than 12 levels deep.',
  },
  'zone.has_open_parts': {
    zh: '其下还有启用中的区域或未结束的责任，请先处理。',
    en: 'Zones below it are open or somebody answers for it. Settle these first.',
  },
  'zone.missing': {
    zh: '没有这个区域，或不在您的管理范围内。',
    en: 'There is no such zone within your reach.',
  },
  'zone.out_of_reach': { zh: '区域{code}不在您的管理范围内。', en: 'Zone {code} is out of your reach.' },
  'responsibility.minor': {
    zh: '责任人须为成年人，请另选一人。',
    en: 'Who answers for a zone must be of age. Choose somebody else.',
  },
}
