/** What the audit trail says of what is done here, after whoever did it. */
export const minorsActions = {
  'disclosure.approved': { zh: '同意查看未成年人信息', en: 'approved access to data of minors' },
  'disclosure.asked': { zh: '申请查看未成年人信息', en: 'asked for access to data of minors' },
  'disclosure.exported': { zh: '导出未成年人信息', en: 'exported data of minors' },
  'disclosure.refused': { zh: '退回查看未成年人信息的申请', en: 'refused access to data of minors' },
  'disclosure.revoked': { zh: '收回查看未成年人信息的许可', en: 'took back access to data of minors' },
  'guardian.emergency': { zh: '紧急查看监护人号码', en: 'saw a guardian’s number in an emergency' },
  'guardians.shown': { zh: '查看监护人信息', en: 'saw guardians of a shift' },
  'minor_accesses.exported': { zh: '导出未成年人信息查看记录', en: 'exported who saw data of minors' },
}
