/** The lists of points and standards that offices fill in: their columns, how each is filled in, and an example. */
import type { SheetTemplate } from '#modules/imports/index.ts'
import { answerKinds, photoRules, pointClasses, severities, standardClasses } from '../words.ts'

interface Words {
  zh: string
  en: string
}

/** The words that a cell may say. */
const anyOf = (words: Readonly<Record<string, Words>>): Words => ({
  zh: Object.values(words)
    .map(({ zh }) => zh)
    .join('、'),
  en: Object.values(words)
    .map(({ en }) => en)
    .join('; '),
})
/** Names and codes are given: they are the same in both languages. */
const given = (text: string): Words => ({ zh: text, en: text })

export const pointTemplate: SheetTemplate = {
  columns: [
    { field: 'number' },
    {
      field: 'pointCode',
      required: true,
      hint: {
        zh: '全市唯一；再次导入同一编码即修改该点位',
        en: 'Of this point alone in the city; the same code again changes the point',
      },
      example: given('PS-001'),
    },
    { field: 'pointName', required: true, example: given('南地农贸市场') },
    { field: 'pointClass', required: true, hint: anyOf(pointClasses), example: pointClasses.market },
    {
      field: 'pointZone',
      hint: {
        zh: '网格名称或编码；填了经纬度可不填',
        en: 'The name or code of the zone; not needed where the position is given',
      },
      example: given('南地街道'),
    },
    {
      field: 'district',
      hint: {
        zh: '县区名称或行政区划代码，用来区分同名网格',
        en: 'Its name or code, where zones have the same name',
      },
      example: given('210502'),
    },
    {
      field: 'unit',
      heading: { zh: '管理单位', en: 'Unit' },
      hint: { zh: '点位归哪个单位管理；不清楚可不填', en: 'Whose point it is; may be left out' },
      example: given('平山区房产局'),
    },
    {
      field: 'longitude',
      heading: { zh: '经度', en: 'Longitude' },
      hint: { zh: '度，WGS-84，没有可不填', en: 'Degrees, WGS-84; may be left out' },
      example: given('123.765'),
    },
    {
      field: 'latitude',
      heading: { zh: '纬度', en: 'Latitude' },
      hint: { zh: '度，WGS-84，没有可不填', en: 'Degrees, WGS-84; may be left out' },
      example: given('41.295'),
    },
  ],
}

export const standardTemplate: SheetTemplate = {
  title: {
    zh: '文明城市测评体系',
    en: 'Scheme of standards',
    hint: {
      zh: '请改为测评体系的名称；与本单位已有的体系同名时，导入到该体系中',
      en: 'Write the name of the scheme; where your unit has one of this name, the rows go into it',
    },
  },
  columns: [
    { field: 'number' },
    {
      field: 'standardCode',
      required: true,
      hint: { zh: '同一体系内唯一', en: 'Of this standard alone in its scheme' },
      example: given('A-01'),
    },
    {
      field: 'pointClass',
      required: true,
      hint: anyOf(standardClasses),
      example: pointClasses.market,
    },
    {
      field: 'taskGroup',
      heading: { zh: '测评指标', en: 'Indicator' },
      hint: { zh: '没有可不填', en: 'May be left out' },
      example: { zh: '公共环境', en: 'Public places' },
    },
    {
      field: 'acceptance',
      heading: { zh: '测评标准', en: 'Standard' },
      required: true,
      hint: { zh: '看什么、怎样算达标', en: 'What is looked at, and when it is met' },
      example: { zh: '地面整洁，无垃圾积水', en: 'The floor is clean and dry' },
    },
    {
      field: 'standardWeight',
      hint: { zh: '大于0，不填为1', en: 'Above 0; 1 where it is left out' },
      example: given('2'),
    },
    {
      field: 'observations',
      hint: {
        zh: '每个点位看几次，不填为1',
        en: 'How often it is looked at in a point; 1 where it is left out',
      },
      example: given('1'),
    },
    { field: 'answerKind', hint: anyOf(answerKinds), example: answerKinds.count },
    {
      field: 'thresholds',
      hint: {
        zh: '作答方式为问题数量时必填：每档的问题数与得分，问题越多得分越低',
        en: 'Required where faults are counted: what each count scores; more faults never score more',
      },
      example: given('0处100%；1-3处50%；4处以上0%'),
    },
    { field: 'mayNotApply', hint: { zh: '是或否', en: 'Yes or no' }, example: { zh: '否', en: 'no' } },
    { field: 'photoRule', hint: anyOf(photoRules), example: photoRules.on_failure },
    { field: 'severity', hint: anyOf(severities), example: severities.ordinary },
    {
      field: 'due',
      heading: { zh: '整改时限', en: 'Due' },
      hint: {
        zh: '从交办起算，不写日期；没有时限可不填',
        en: 'A limit from the day of issue, never a date; may be left out',
      },
      example: given('7个工作日'),
    },
    {
      field: 'leadUnits',
      hint: { zh: '只填一个单位', en: 'One unit' },
      example: given('市市场监管局'),
    },
    {
      field: 'supportUnits',
      hint: { zh: '用顿号分隔', en: 'Separated by 、' },
      example: given('市城管局、市商务局'),
    },
    {
      field: 'district',
      hint: {
        zh: '牵头单位只负责某个县区时填写，不填为全市',
        en: 'Where the unit leads in one district alone; left out: in the whole city',
      },
    },
  ],
}
