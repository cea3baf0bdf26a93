/** What the audit trail says of what is done here, after whoever did it. */
export const gridActions = {
  'responsibilities.saved': { zh: '登记责任分工', en: 'entered responsibilities' },
  'responsibility.changed': { zh: '修改责任分工', en: 'changed a responsibility' },
  'zone.changed': { zh: '修改区域', en: 'changed a zone' },
  'zone.closed': { zh: '停用区域', en: 'closed a zone' },
  'zone.created': { zh: '新建区域', en: 'created a zone' },
  'zone.reopened': { zh: '恢复区域', en: 'reopened a zone' },
}
