/** Why a row of a list of standards is refused, with the texts of the error sheet. */
export const standardReasons = {
  codeMissing: {
    code: 'standard.code_missing',
    zh: '缺少标准编码',
    en: 'The code of the standard is missing',
  },
  codeLong: {
    code: 'standard.code_long',
    zh: '编码过长，最多40个字',
    en: 'The code is longer than 40 characters',
  },
  codeTwice: {
    code: 'standard.code_twice',
    zh: '与同一测评体系的另一行编码相同而内容不同，请核对编码',
    en: 'Another row of the scheme has this code and says otherwise; check the code',
  },
  published: {
    code: 'standard.scheme_published',
    zh: '该测评体系已发布，不能修改；请先编制新版本，再导入修改后的标准',
    en: 'The scheme is published and never changes; begin its next edition, then import the changed list',
  },
  outOfReach: {
    code: 'standard.out_of_reach',
    zh: '该单位不在您可以编制测评体系的范围内',
    en: 'You may not write schemes for this unit',
  },
  unitBeyond: {
    code: 'standard.unit_out_of_reach',
    zh: '该单位不在您的管辖范围内，不能列为责任单位',
    en: 'This unit is out of your reach and cannot answer for a standard',
  },
  textMissing: { code: 'standard.text_missing', zh: '缺少测评内容', en: 'What is looked at is missing' },
  textLong: {
    code: 'standard.text_long',
    zh: '测评内容超过1000字，请精简',
    en: 'The text is longer than 1,000 characters; shorten it',
  },
  classMissing: {
    code: 'standard.class_missing',
    zh: '缺少点位类型，各类点位都适用的请填“通用”',
    en: 'The class of points is missing; write “Every class” where all are meant',
  },
  classUnknown: {
    code: 'standard.class_unknown',
    zh: '点位类型无法识别；一项标准只对应一种类型，适用于几种的请分行填写，都适用的填“通用”',
    en: 'This class is not known; a standard is of one class or of every class, so write a row for each',
  },
  weightZero: {
    code: 'standard.weight_zero',
    zh: '权重须大于0，不计分的内容请不要列入',
    en: 'The weight must be above 0; leave out what does not count',
  },
  weightUnread: {
    code: 'standard.weight_unread',
    zh: '权重应为0到10000之间的数',
    en: 'The weight is a number between 0 and 10,000',
  },
  observationsUnread: {
    code: 'standard.observations_unread',
    zh: '观察次数应为1到100的整数',
    en: 'The observations are a whole number from 1 to 100',
  },
  indicatorLong: {
    code: 'standard.indicator_long',
    zh: '指标名称过长，最多100个字',
    en: 'The indicator is longer than 100 characters',
  },
  indicatorsMany: {
    code: 'standard.indicators_many',
    zh: '一个测评体系最多200个指标',
    en: 'A scheme has at most 200 indicators',
  },
  answerUnknown: {
    code: 'standard.answer_unknown',
    zh: '作答方式应为“达标情况”或“问题数量”',
    en: 'What is answered is Met or not, or How many faults',
  },
  thresholdsUnread: {
    code: 'standard.thresholds_unread',
    zh: '计分档无法识别，请按“0处100%；3处以内50%；3处以上0%”填写，问题越多得分不能越高',
    en: 'The thresholds are not read; write “0: 100%; 3: 50%; more: 0%”, and never a higher score for more faults',
  },
  thresholdsMissing: {
    code: 'standard.thresholds_missing',
    zh: '按问题数量作答的，请填计分档',
    en: 'Where faults are counted, the thresholds say what a count is worth',
  },
  yesOrNo: { code: 'standard.yes_or_no', zh: '应填是或否', en: 'Yes or no is expected' },
  photoUnknown: {
    code: 'standard.photo_unknown',
    zh: '拍照要求应为“不需要”“不达标时”或“必须”',
    en: 'Pictures are taken Never, Where it fails, or Always',
  },
  severityUnknown: {
    code: 'standard.severity_unknown',
    zh: '问题等级应为“提醒”“一般问题”“突出问题”或“重大问题”',
    en: 'The severity is Notice, Ordinary, Serious or Grave',
  },
  dueUnread: {
    code: 'standard.due_unread',
    zh: '整改时限应从发现问题时算起，请按“24小时”“3个工作日”“立行立改”填写',
    en: 'The limit runs from the finding; write “24 hours” or “3 working days”',
  },
  leadSeveral: {
    code: 'standard.lead_several',
    zh: '一项标准在一地只能有一个牵头单位，其余请填入配合单位',
    en: 'One unit leads a standard in one place; the others support it',
  },
  unitsMany: {
    code: 'standard.units_unnamed',
    zh: '“各县区”“各有关单位”须落到具体单位：请写单位名称，或按县区分行填写',
    en: 'Words for many units must mean some: write names, or a row for each district',
  },
  districtUnknown: { code: 'standard.district_unknown', zh: '没有这个县区', en: 'There is no such district' },
} as const
