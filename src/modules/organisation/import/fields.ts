/**
 * What a column can hold, and what lists call it. `zh` and `en` are the headings of the templates; `also` are
 * common variants, compared without spaces, punctuation, brackets and case.
 */
interface FieldWords {
  zh: string
  en: string
  also: readonly string[]
}

export const fields = {
  number: { zh: '序号', en: 'No.', also: ['编号', '序', '号', 'num', 'number', 'index'] },
  name: {
    zh: '姓名',
    en: 'Name',
    also: ['名字', '人员姓名', '学生姓名', '师生姓名', '参加人', '参加人员', '全名', 'fullname', 'volunteer'],
  },
  sex: { zh: '性别', en: 'Sex', also: ['gender'] },
  birthDate: {
    zh: '出生日期',
    en: 'Date of birth',
    also: ['出生年月日', '出生年月', '生日', '出生', 'birthday', 'birthdate', 'dob', 'born'],
  },
  identityNumber: {
    zh: '身份证号',
    en: 'Identity number',
    also: [
      '身份证',
      '身份证号码',
      '证件号',
      '证件号码',
      '公民身份号码',
      '公民身份证号码',
      '居民身份证号',
      'idnumber',
      'idno',
      'id',
      'idcard',
      'identitycard',
    ],
  },
  phone: {
    zh: '手机号',
    en: 'Phone',
    also: [
      '手机',
      '手机号码',
      '电话',
      '电话号码',
      '联系电话',
      '联系方式',
      '联系手机',
      '移动电话',
      '办公电话',
      'mobile',
      'mobilephone',
      'mobilenumber',
      'phonenumber',
      'cellphone',
      'telephone',
      'tel',
      'contact',
    ],
  },
  email: { zh: '电子邮箱', en: 'E-mail', also: ['邮箱', '电子邮件', '邮件', 'mail', 'emailaddress'] },
  unit: {
    zh: '单位',
    en: 'Unit',
    also: [
      '单位名称',
      '所属单位',
      '所在单位',
      '工作单位',
      '学校',
      '学校名称',
      '单位全称',
      'unitname',
      'organisation',
      'organization',
      'school',
      'company',
    ],
  },
  team: {
    zh: '志愿服务队',
    en: 'Team',
    also: [
      '队伍',
      '队伍名称',
      '所属队伍',
      '所在队伍',
      '志愿者队伍',
      '志愿队',
      '志愿者服务队',
      '服务队',
      '服务队名称',
      '志愿服务队名称',
      '队名',
      'teamname',
    ],
  },
  class: { zh: '班级', en: 'Class', also: ['班级名称', '所在班级', '年级班级', '班', 'classname'] },
  role: {
    zh: '队内职务',
    en: 'Role',
    also: ['职务', '角色', '身份', '队内身份', '队内角色', '人员类别', '师生类别', 'position'],
  },
  teacher: {
    zh: '带队教师',
    en: 'Teacher',
    also: ['教师', '老师', '班主任', '带队老师', '指导教师', '教师姓名', '班主任姓名', '带队教师姓名'],
  },
  teacherPhone: {
    zh: '带队教师电话',
    en: 'Teacher’s phone',
    also: ['教师电话', '老师电话', '班主任电话', '带队老师电话', '教师手机', '班主任手机', '教师联系电话'],
  },
  guardian: {
    zh: '监护人',
    en: 'Guardian',
    also: ['家长', '家长姓名', '监护人姓名', 'guardianname', 'parentname'],
  },
  guardianPhone: {
    zh: '监护人电话',
    en: 'Guardian’s phone',
    also: [
      '家长电话',
      '监护人手机',
      '家长手机',
      '监护人联系电话',
      '家长联系电话',
      '监护人联系方式',
      '家长联系方式',
      '监护人手机号',
      '家长手机号',
      'guardianphone',
      'parentphone',
    ],
  },
  guardianConsent: {
    zh: '监护人同意',
    en: 'Guardian’s consent',
    also: ['家长同意', '监护人是否同意', '家长是否同意', '是否同意', 'consent'],
  },
  residence: {
    zh: '居住区域',
    en: 'Residence',
    also: ['居住地', '住址', '家庭住址', '现住址', '居住地址', '家庭地址', '所在社区', 'address'],
  },
  serviceCategory: {
    zh: '服务类别',
    en: 'Service category',
    also: ['志愿服务类别', '服务类型', '服务意向', 'category'],
  },
  skills: { zh: '技能特长', en: 'Skills', also: ['特长', '技能', '专业特长', '服务特长', '专长', 'skill'] },
  unitKind: {
    zh: '单位性质',
    en: 'Kind of unit',
    also: ['单位类型', '单位类别', '性质', 'kind', 'unitkind'],
  },
  parent: {
    zh: '上级单位',
    en: 'Parent unit',
    also: ['主管单位', '主管部门', '上级主管部门', '上级主管单位', '隶属单位', 'reportsto'],
  },
  district: {
    zh: '所在区县',
    en: 'District',
    also: ['区县', '县区', '所属区县', '区域', '行政区', '行政区划', '属地', '所在县区', '所属县区'],
  },
  system: { zh: '所属系统', en: 'System', also: ['系统', '战线', '行业系统'] },
  honourTitle: { zh: '荣誉称号', en: 'Honour title', also: ['文明单位等级', '文明单位级别', '荣誉'] },
  staffCount: {
    zh: '职工人数',
    en: 'Staff',
    also: ['在职人数', '职工总数', '员工人数', '单位人数', '干部职工人数', 'staffcount', 'employees'],
  },
  liaison: { zh: '联络员', en: 'Liaison', also: ['联络员姓名', '联系人', '联系人姓名', 'liaisonname'] },
  liaisonPhone: {
    zh: '联络员电话',
    en: 'Liaison’s phone',
    also: [
      '联络员手机',
      '联络员手机号',
      '联系人电话',
      '联系人手机',
      '联络员联系电话',
      '联络员联系方式',
      '联系人联系方式',
    ],
  },
  leader: {
    zh: '负责人',
    en: 'Leader',
    also: [
      '队长',
      '领队',
      '队长姓名',
      '领队姓名',
      '负责人姓名',
      '分管领导',
      '主要负责人',
      'teamleader',
      'captain',
    ],
  },
  leaderPhone: {
    zh: '负责人电话',
    en: 'Leader’s phone',
    also: [
      '队长电话',
      '领队电话',
      '负责人手机',
      '队长手机',
      '领队手机',
      '队长联系电话',
      '负责人联系电话',
      '队长联系方式',
      '负责人联系方式',
      '领队联系电话',
    ],
  },
  aliases: {
    zh: '别名',
    en: 'Other names',
    also: ['简称', '单位简称', '曾用名', '又名', 'alias', 'aliases'],
  },
  longitude: { zh: '驻地经度', en: 'Longitude', also: ['经度', 'lng', 'lon'] },
  latitude: { zh: '驻地纬度', en: 'Latitude', also: ['纬度', 'lat'] },
  heads: {
    zh: '人数',
    en: 'Heads',
    also: [
      '总人数',
      '报名人数',
      '参加人数',
      '参与人数',
      '志愿者人数',
      '上报人数',
      '预计人数',
      'headcount',
      'people',
    ],
  },
  adults: { zh: '教师人数', en: 'Adults', also: ['老师人数', '教师数', '成年人数', '成人人数', 'teachers'] },
  minors: { zh: '学生人数', en: 'Minors', also: ['学生数', '未成年人数', '未成年人', 'pupils', 'students'] },
} as const satisfies Record<string, FieldWords>

export type Field = keyof typeof fields

export const isField = (text: string): text is Field => Object.hasOwn(fields, text)

/** Fields of which a list may have several columns; of the others the first one counts. */
export const manyColumns: ReadonlySet<Field> = new Set<Field>(['phone', 'skills', 'aliases'])
