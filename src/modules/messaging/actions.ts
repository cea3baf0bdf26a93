/** What the audit trail says of what is done here, after whoever did it. */
export const messagingActions = {
  'contact.opted_in': { zh: '收信人恢复接收消息', en: 'agreed to get messages again' },
  'contact.opted_out': { zh: '收信人拒收消息', en: 'declined further messages' },
  'message.cancelled': { zh: '取消消息', en: 'cancelled a message' },
  'message.retried': { zh: '重新发送消息', en: 'sent a message again' },
  'messages.cancelled': { zh: '取消活动的待发消息', en: 'cancelled the waiting messages of an event' },
  'messages.held': { zh: '暂停发送消息', en: 'held the sending of messages' },
  'messages.released': { zh: '继续发送消息', en: 'let the sending of messages go on' },
  'template.dropped': { zh: '恢复默认消息模板', en: 'went back to the default text of a message' },
  'template.saved': { zh: '修改消息模板', en: 'changed the text of a message' },
}
