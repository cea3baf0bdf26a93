/** The closed sets of planning, and their texts. */

export const planStates = {
  queued: { zh: '等待中', en: 'waiting' },
  running: { zh: '计算中', en: 'running' },
  proposed: { zh: '待审核', en: 'proposed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  failed: { zh: '失败', en: 'failed' },
  applied: { zh: '已采用', en: 'applied' },
} as const
export type PlanState = keyof typeof planStates

export const planStages = {
  waiting: { zh: '排队', en: 'waiting' },
  describing: { zh: '读取数据', en: 'reading the data' },
  placing: { zh: '安排人员', en: 'placing people' },
  escorting: { zh: '安排带队教师', en: 'placing escorts' },
  gathering: { zh: '队伍集中', en: 'keeping teams together' },
  explaining: { zh: '说明缺口', en: 'explaining' },
  validating: { zh: '独立校验', en: 'validating' },
  done: { zh: '完成', en: 'done' },
} as const
export type PlanStage = keyof typeof planStages

export const policies = {
  together: { zh: '队伍集中优先', en: 'teams together first' },
  fill: { zh: '岗位补满优先', en: 'full places first' },
} as const

export const stabilities = {
  free: { zh: '自由调整', en: 'free' },
  prefer: { zh: '尽量不动', en: 'prefer staying' },
  onlyForMinimum: { zh: '仅为最低人数调整', en: 'move only for a minimum' },
} as const
