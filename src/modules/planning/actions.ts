/** What the audit trail says of what is done here, after whoever did it. */
export const planningActions = {
  'plan.applied': { zh: '采用方案', en: 'applied a plan' },
  'plan.cancelled': { zh: '取消方案计算', en: 'cancelled a plan' },
  'plan.started': { zh: '开始计算方案', en: 'started a plan' },
}
