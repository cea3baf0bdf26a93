/** What the audit trail says of what is done here, after whoever did it. */
export const auditActions = {
  'audit.exported': { zh: '导出审计日志', en: 'exported the audit trail' },
  'audit.verified': { zh: '校验审计日志', en: 'verified the audit trail' },
  'request.refused': { zh: '请求被拒绝', en: 'was refused' },
  'request.throttled': { zh: '请求过于频繁，被限制', en: 'was slowed down' },
}
