/** What the audit trail says of what is done here, after whoever did it. */
export const liveActions = {
  'in_charge.numbers_seen': { zh: '查看现场负责人号码', en: 'saw the numbers of those in charge' },
  'screen.issued': { zh: '开通大屏链接', en: 'issued a link for a screen' },
  'screen.revoked': { zh: '停用大屏链接', en: 'revoked a link for a screen' },
}
