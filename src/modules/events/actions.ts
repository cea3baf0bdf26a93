/** What the audit trail says of what is done here, after whoever did it. */
export const eventsActions = {
  'batch.made': { zh: '批量新建班次', en: 'made many shifts' },
  'batch.undone': { zh: '撤销批量新建班次', en: 'undid many new shifts' },
  'campaign.changed': { zh: '修改专项行动', en: 'changed a campaign' },
  'campaign.created': { zh: '新建专项行动', en: 'created a campaign' },
  'event.cancelled': { zh: '取消活动', en: 'cancelled an event' },
  'event.changed': { zh: '修改活动', en: 'changed an event' },
  'event.closed': { zh: '结束活动', en: 'closed an event' },
  'event.created': { zh: '新建活动', en: 'created an event' },
  'event.published': { zh: '发布活动', en: 'published an event' },
  'shift.cancelled': { zh: '取消班次', en: 'cancelled a shift' },
  'shift.changed': { zh: '修改班次', en: 'changed a shift' },
  'shift.created': { zh: '新建班次', en: 'created a shift' },
  'shifts.cancellation_undone': { zh: '撤销批量取消班次', en: 'undid the cancellation of many shifts' },
  'shifts.cancelled': { zh: '批量取消班次', en: 'cancelled many shifts' },
}
