/** The closed sets of an import and their texts: Chinese first, English second. */
import type { Words } from '#modules/organisation/index.ts'

export const importStates = {
  received: { zh: '已接收', en: 'Received' },
  judging: { zh: '核对中', en: 'Judging' },
  judged: { zh: '待确认', en: 'Ready to commit' },
  committing: { zh: '写入中', en: 'Committing' },
  committed: { zh: '已入库', en: 'Committed' },
  undoing: { zh: '撤销中', en: 'Being undone' },
  undone: { zh: '已撤销', en: 'Undone' },
  failed: { zh: '未能处理', en: 'Failed' },
} as const satisfies Record<string, Words>
export type ImportState = keyof typeof importStates

/** The kinds of lists. */
export const listKinds = {
  people: { zh: '志愿者名单', en: 'Volunteers' },
  units: { zh: '单位名录', en: 'Units' },
  teams: { zh: '队伍名录', en: 'Teams' },
  heads: { zh: '人数统计', en: 'Heads without names' },
  classes: { zh: '师生名单', en: 'Class list' },
} as const satisfies Record<string, Words>
export type OwnListKind = keyof typeof listKinds
/** One of these kinds, or a kind that a register of another slice adds. */
export type ListKind = OwnListKind | (string & {})

/** The kinds of rows in a sheet. Only `data` rows are judged. */
export const rowKinds = {
  title: { zh: '标题', en: 'Title' },
  heading: { zh: '表头', en: 'Headings' },
  data: { zh: '数据', en: 'Data' },
  subtotal: { zh: '合计', en: 'Subtotal' },
  signature: { zh: '签字', en: 'Signature' },
  note: { zh: '说明', en: 'Note' },
  sample: { zh: '示例', en: 'Example' },
  numbered: { zh: '仅有序号', en: 'Only a number' },
  continued: { zh: '续上行', en: 'Continues the row above' },
} as const satisfies Record<string, Words>
export type RowKind = keyof typeof rowKinds

export const judgements = {
  new: { zh: '新增', en: 'New' },
  update: { zh: '更新', en: 'Update' },
  unchanged: { zh: '无变化', en: 'Unchanged' },
  duplicate: { zh: '表内重复', en: 'Duplicate in the file' },
  needs_decision: { zh: '待人工确认', en: 'Needs a decision' },
  skipped: { zh: '跳过', en: 'Skipped' },
  error: { zh: '错误', en: 'Error' },
} as const satisfies Record<string, Words>
export type Judgement = keyof typeof judgements

/** The kinds of questions. */
export const decisionKinds = {
  unit: { zh: '请确认是哪个单位？', en: 'Which unit is this?' },
  team: { zh: '请确认是哪支队伍？', en: 'Which team is this?' },
  person: { zh: '请确认是哪位人员？', en: 'Which person is this?' },
  sheet: { zh: '这张表应如何读取？', en: 'How is this sheet to be read?' },
  hidden: { zh: '隐藏的行是否导入？', en: 'Are the hidden rows to be taken?' },
  role: { zh: '这一身份属于哪一类？', en: 'What kind of role is this?' },
  units: { zh: '这里指哪些单位？', en: 'Which units are meant?' },
} as const satisfies Record<string, Words>
export type DecisionKind = keyof typeof decisionKinds
/** Questions answered with one of several alternatives, not with a unit, team or person. */
export const choices: ReadonlySet<DecisionKind> = new Set(['sheet', 'hidden', 'role', 'units'])

/** The possible answers: use an existing one, create a new one, or leave out the rows. */
export const decisionAnswers = {
  use: { zh: '确认是', en: 'This one' },
  create: { zh: '新建', en: 'A new one' },
  skip: { zh: '跳过', en: 'Leave out' },
} as const satisfies Record<string, Words>
export type DecisionAnswer = keyof typeof decisionAnswers

/** The texts of this slice's error codes: what is wrong and what to do. `{…}` is a detail of the error. */
export const importsErrors: Record<string, Words> = {
  'changes.out_of_reach': {
    zh: '入库内容有一部分已不在您的管理范围内，请由上级办理。',
    en: 'A part of it is out of your reach now. Ask the office above you.',
  },
  'decision.missing': {
    zh: '没有这个问题，可能已经处理，请刷新。',
    en: 'There is no such question; perhaps it is answered. Load the page again.',
  },
  'decision.not_possible': { zh: '请从列出的选项中选择。', en: 'Choose one of the proposals.' },
  'file.no_rows': { zh: '文件中没有内容。', en: 'There is nothing in the file.' },
  'file.missing': { zh: '没有收到文件，请选择文件后上传。', en: 'The form holds no file. Choose one.' },
  'geojson.malformed': {
    zh: '文件不是有效的GeoJSON，请重新导出。',
    en: 'The file is no valid GeoJSON. Export it again.',
  },
  'geojson.reference_system': {
    zh: '不支持该坐标系，请转换为WGS-84或CGCS2000。',
    en: 'This reference system is not read. Convert to WGS-84 or CGCS2000.',
  },
  'geojson.too_large': {
    zh: '边界文件过大，请拆分后上传。',
    en: 'The file of boundaries is too large. Split it.',
  },
  'geojson.too_many_features': {
    zh: '一个文件最多{featuresMax}个区域，请拆分。',
    en: 'A file holds at most {featuresMax} zones. Split it.',
  },
  'heading.repeated': {
    zh: '同一列含义选了两次，请核对表头。',
    en: 'Two columns have the same meaning. Check the headings.',
  },
  'heading.unknown': { zh: '没有这种列，请重新选择。', en: 'There is no such column. Choose another.' },
  'import.broken': {
    zh: '处理时系统异常，没有写入任何内容；问题已记录，请稍后重试。',
    en: 'Something failed here and was recorded; nothing was written. Try again later.',
  },
  'import.empty': { zh: '请至少上传一个文件。', en: 'Upload at least one file.' },
  'import.missing': { zh: '没有这次导入。', en: 'There is no such import.' },
  'import.not_committed': {
    zh: '只有已入库的导入才能撤销。',
    en: 'Only an import that was committed can be undone.',
  },
  'import.not_judged': {
    zh: '正在核对名单，请稍候再操作。',
    en: 'The rows are being judged. Wait a moment.',
  },
  'import.outdated': {
    zh: '核对之后资料有变化，没有写入任何内容；已重新核对，请看过后再入库。',
    en: 'What is known changed since the rows were judged: nothing was written. They were judged again; look, and commit.',
  },
  'import.partly_undone': {
    zh: '撤销中途发现有内容已被使用，只撤回了一部分；处理后可再次撤销。',
    en: 'Only a part was undone: something turned out to be in use. Undo it again once nothing uses it.',
  },
  'import.partly_written': {
    zh: '写入中断，且已写入的一部分已被使用，无法收回；请再次导入同一文件补齐，或处理后撤销。',
    en: 'Writing failed half-way, and part of it is in use already and stays. Import the same file again to complete it, or undo it once nothing uses it.',
  },
  'import.too_large': {
    zh: '一次最多{rows}行，请分批上传。',
    en: 'At most {rows} rows are read at once. Upload in parts.',
  },
  'line.missing': { zh: '没有第{line}行。', en: 'There is no line {line}.' },
  'list.unknown': { zh: '没有这种名单。', en: 'There is no such kind of list.' },
  'phone.malformed': { zh: '电话号码有误，请核对。', en: 'This is not a phone number. Check it.' },
  'sheet.missing': { zh: '没有这个工作表。', en: 'There is no such sheet.' },
  'table.empty': { zh: '文件中没有数据行。', en: 'The file holds no rows.' },
  'table.headings_missing': {
    zh: '没有找到所需的表头，请使用模板。',
    en: 'No row has the headings that are needed. Use the template.',
  },
  'table.too_many_rows': {
    zh: '一个文件最多{rowsMax}行，请拆分。',
    en: 'A file holds at most {rowsMax} rows. Split it.',
  },
}
/** The kinds of cells of a sheet. */
export const cellKinds = {
  text: { zh: '文本', en: 'Text' },
  number: { zh: '数字', en: 'Number' },
  date: { zh: '日期', en: 'Date' },
  fault: { zh: '无可用的值', en: 'Without a usable value' },
  empty: { zh: '空', en: 'Empty' },
} as const satisfies Record<string, Words>
export type CellKind = keyof typeof cellKinds
