/** What the audit trail says of what is done here, after whoever did it. */
export const reportsActions = {
  'report.exported': { zh: '导出统计表', en: 'exported a report' },
  'report.snapshot_taken': { zh: '数据定稿', en: 'froze the figures' },
}
