/** Why a row of a list of tasks is refused, with the texts of the error sheet. */
export const taskReasons = {
  unitMissing: {
    code: 'task.unit_missing',
    zh: '没有写明责任单位，请填写',
    en: 'No unit owes it; name one',
  },
  nobodyMeant: {
    code: 'task.units_unnamed',
    zh: '“各县区”等须能落到具体单位：先设立县区文明办（工作机构）及其牵头单位，或直接填写单位名称',
    en: 'Words for many units must mean some: set up the offices of the districts with their lead units, or write the names',
  },
  dueMissing: {
    code: 'task.due_missing',
    zh: '缺少完成时限，长期工作请填“长期坚持”',
    en: 'The date is missing; say so where it is a standing duty',
  },
  dueUnclear: {
    code: 'task.due_unread',
    zh: '完成时限无法识别，请按“2026年6月30日前”“每月25日前”“3个工作日”“长期坚持”“立行立改”填写',
    en: 'This names no time; write a day, a day of every month, a limit in working days, or that it is a standing duty',
  },
  duePast: { code: 'task.due_over', zh: '完成时限已过，请改期', en: 'This day is over; choose a later one' },
  dueNoDay: { code: 'task.due_no_day', zh: '没有这一天，请核对日期', en: 'There is no such day' },
  outlineTwice: {
    code: 'task.outline_twice',
    zh: '序号与同一清单的另一行重复，请改为不同序号',
    en: 'Another row of the list has this number; give it one of its own',
  },
  outlineLong: {
    code: 'task.outline_long',
    zh: '序号过长，最多20个字',
    en: 'The number is longer than 20 characters',
  },
  textLong: {
    code: 'task.text_long',
    zh: '任务或要求超过1000字，请拆分或精简',
    en: 'The text is longer than 1,000 characters; split it',
  },
  unitsMany: {
    code: 'task.units_many',
    zh: '配合单位超过50个，请精简',
    en: 'There are more than 50 supporting units',
  },
  bodyUnknown: {
    code: 'task.body_unknown',
    zh: '工作表名像是工作组，但没有同名的工作机构，请先设立，或改工作表名',
    en: 'The sheet is called like a working group that does not exist; set it up, or rename the sheet',
  },
  issued: {
    code: 'task.issued',
    zh: '该任务已下发，不能由表格修改，请在清单中改派、延期或撤销',
    en: 'The task was issued; it changes by moves, not by a list',
  },
  bookClosed: { code: 'task.book_closed', zh: '同名清单已结束', en: 'The book of this title is closed' },
  outOfReach: {
    code: 'task.out_of_reach',
    zh: '该单位不在您可以编制清单的范围内',
    en: 'You may not write lists for this unit',
  },
} as const
