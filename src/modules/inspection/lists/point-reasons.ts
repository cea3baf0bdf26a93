/** Why a row of a list of points is refused, with the texts of the error sheet. */
export const pointReasons = {
  codeMissing: {
    code: 'point.code_missing',
    zh: '缺少点位编码，抽样按编码排序，请给每个点位一个编码',
    en: 'The code is missing; draws are ordered by it, so give each point one',
  },
  codeLong: {
    code: 'point.code_long',
    zh: '编码过长，最多40个字',
    en: 'The code is longer than 40 characters',
  },
  codeTwice: {
    code: 'point.code_twice',
    zh: '与另一行编码相同而内容不同，请核对编码',
    en: 'Another row has this code and says otherwise; check the code',
  },
  nameLong: {
    code: 'point.name_long',
    zh: '名称过长，最多100个字',
    en: 'The name is longer than 100 characters',
  },
  nameMissing: { code: 'point.name_missing', zh: '缺少点位名称', en: 'The name is missing' },
  classMissing: { code: 'point.class_missing', zh: '缺少点位类型', en: 'The class of the point is missing' },
  classUnknown: {
    code: 'point.class_unknown',
    zh: '点位类型无法识别，请按系统中的类型填写（如“居民小区”“农贸市场”“主次干道”）',
    en: 'This class is not known; write one of the service, such as Market or Main road',
  },
  zoneMissing: {
    code: 'point.zone_missing',
    zh: '没有写明所属网格，也没有经纬度，请至少填写一项',
    en: 'Neither a zone nor a position is given; write one of them',
  },
  zoneUnknown: {
    code: 'point.zone_unknown',
    zh: '没有这个网格，或不在您可以登记点位的范围内，请核对名称或填编码',
    en: 'There is no such zone where you may enter points; check the name, or write the code',
  },
  zoneSeveral: {
    code: 'point.zone_several',
    zh: '有几个网格叫这个名称，请填网格编码或所在县区',
    en: 'Several zones have this name; write the code, or the district',
  },
  outsideZones: {
    code: 'point.outside_zones',
    zh: '该位置不在任何网格内，请核对经纬度或写明所属网格',
    en: 'No zone contains this position; check it, or name the zone',
  },
  outsideZone: {
    code: 'point.outside_zone_named',
    zh: '该位置在所填网格之外，请核对经纬度和网格',
    en: 'The position is outside the zone that the row names; check both',
  },
  outsideCity: {
    code: 'point.outside_city_named',
    zh: '该位置不在本市范围内，请核对经纬度是否填反',
    en: 'The position is outside the city; perhaps the two were exchanged',
  },
  districtUnknown: { code: 'point.district_unknown', zh: '没有这个县区', en: 'There is no such district' },
  closed: {
    code: 'point.is_closed',
    zh: '该编码的点位已停用，请先恢复使用',
    en: 'The point of this code is closed; reopen it first',
  },
  outOfReach: {
    code: 'point.out_of_reach',
    zh: '该编码的点位不在您可以登记的范围内',
    en: 'The point of this code lies where you may not enter points',
  },
} as const
