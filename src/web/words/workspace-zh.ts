/** What stands around every page of one event. */
export const workspaceZh = {
  steps: '活动步骤',
  copy: '复制为新活动',
  copyLead: (shifts: number) =>
    `将新建一个草稿，内容与本活动相同，并复制${shifts}个班次；班次在一天中的时间不变。现场负责人、需求人数和人员安排不复制。`,
  copyName: '新活动名称',
  copyStart: '新活动开始时间',
  copied: (shifts: number, leftOut: number) =>
    leftOut > 0
      ? `已复制为草稿，共${shifts}个班次；${leftOut}个班次所在区域已停用，没有复制。`
      : `已复制为草稿，共${shifts}个班次。`,
}
