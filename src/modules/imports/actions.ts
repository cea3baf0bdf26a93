/** What the audit trail says of what is done here, after whoever did it. */
export const importsActions = {
  'import.cells_corrected': { zh: '更正导入表格', en: 'corrected cells of a list' },
  'import.commit_asked': { zh: '提交导入', en: 'asked to commit a list' },
  'import.committed': { zh: '完成导入', en: 'committed a list' },
  'import.decided': { zh: '处理导入中的疑问', en: 'answered a question about a list' },
  'import.errors_downloaded': { zh: '下载导入错误表', en: 'downloaded the errors of a list' },
  'import.headings_corrected': { zh: '更正导入表头', en: 'corrected the headings of a list' },
  'import.lines_left_out': { zh: '排除导入表格中的行', en: 'left lines of a list out' },
  'import.numbers_shown': { zh: '查看导入表格中的号码', en: 'saw the numbers in a list' },
  'import.received': { zh: '上传导入表格', en: 'uploaded a list' },
  'import.undone': { zh: '撤销导入', en: 'undid an import' },
  'zones.imported': { zh: '导入区域', en: 'imported zones' },
}
