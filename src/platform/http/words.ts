/** The texts of the errors that come from the platform: what is wrong and what to do. `{…}` is a detail of the error. */
export const platformErrors: Readonly<Record<string, { zh: string; en: string }>> = {
  'access.denied': {
    zh: '您没有此项权限，请联系管理员。',
    en: 'You may not do this. Ask whoever manages your account.',
  },
  'access.unauthenticated': { zh: '请先登录。', en: 'Sign in first.' },
  'body.length': {
    zh: '提交内容不完整，请重试。',
    en: 'The body is not as long as it was said to be. Try again.',
  },
  'body.malformed': { zh: '提交内容无法读取。', en: 'The body cannot be read.' },
  'body.media_type': { zh: '不支持这种提交格式。', en: 'This kind of body is not read here.' },
  'body.too_large': { zh: '提交内容过大，请分批提交。', en: 'The body is too large. Send it in parts.' },
  'clock.backwards': { zh: '时钟只能向后调。', en: 'The clock only goes forward.' },
  'cursor.malformed': {
    zh: '分页标识无效，请从第一页重新打开。',
    en: 'This cursor is not from this list. Begin at the first page.',
  },
  'reading.ended': {
    zh: '读取的数据太多，未能完成；请缩小范围或稍后再试。',
    en: 'There was too much to read. Ask for less, or try again later.',
  },
  'document.ended': {
    zh: '文件内容太多，未能生成；请缩小范围或稍后再试。',
    en: 'The document is too long to be made. Ask for less, or try again later.',
  },
  'database.unavailable': {
    zh: '系统繁忙，本次操作未生效，请稍后重试。',
    en: 'The service is busy and nothing was changed. Try again later.',
  },
  'database.closed': {
    zh: '系统正在重启，本次操作未生效，请稍后重试。',
    en: 'The service is restarting and nothing was changed. Try again later.',
  },
  'database.unknown': {
    zh: '操作是否完成尚不确定，请刷新后核对。',
    en: 'Whether this was done is not known. Load the page again and check.',
  },
  'file.bomb': { zh: '文件解压后过大，已拒绝。', en: 'The file grows too large when it is unpacked.' },
  'file.converter_missing': {
    zh: '无法转换.xls文件，请另存为.xlsx后上传。',
    en: 'Old .xls files cannot be converted here. Save it as .xlsx and upload that.',
  },
  'file.corrupt': {
    zh: '文件已损坏，请重新保存后上传。',
    en: 'The file is damaged. Save it again and upload that.',
  },
  'file.encrypted': {
    zh: '文件有密码保护，请取消密码后上传。',
    en: 'The file is protected by a password. Save it without one.',
  },
  'file.needs_conversion': {
    zh: '文件为旧格式（.xls），请另存为.xlsx或.csv后上传。',
    en: 'The file is in an old format (.xls). Save it as .xlsx or .csv.',
  },
  'file.not_a_spreadsheet': {
    zh: '不是表格文件，请上传.xlsx或.csv。',
    en: 'This is no spreadsheet. Upload an .xlsx or .csv file.',
  },
  'file.too_large': { zh: '文件过大，请拆分后上传。', en: 'The file is larger than is read here. Split it.' },
  'file.too_many': {
    zh: '一次最多{filesMax}个文件，请分批上传。',
    en: 'At most {filesMax} files at once. Upload in parts.',
  },
  'form.malformed': {
    zh: '表单不完整或无法读取，请重新提交。',
    en: 'The form ends early or cannot be read. Send it again.',
  },
  'form.too_many_fields': { zh: '表单字段过多。', en: 'The form has too many fields.' },
  'form.too_many_parts': { zh: '表单部分过多。', en: 'The form has too many parts.' },
  'idempotency.malformed': {
    zh: '请求标识应为8至200个可见ASCII字符。',
    en: 'An Idempotency-Key has 8 to 200 visible ASCII characters.',
  },
  'idempotency.other_rights': {
    zh: '该操作已完成，但您的权限已变化，请刷新查看。',
    en: 'This was done already, under other roles than yours are now. Read it anew.',
  },
  'idempotency.reused': {
    zh: '该请求标识已用于另一请求。',
    en: 'This Idempotency-Key was used for another request.',
  },
  'job.asked_again': { zh: '相同的任务已在等待。', en: 'Another job like this waits already.' },
  'job.missing': { zh: '没有这个后台任务。', en: 'There is no such job.' },
  'job.not_dead': {
    zh: '只有已停止的任务可以重新执行。',
    en: 'Only a job that has stopped can be started again.',
  },
  'precondition.malformed': {
    zh: '版本标识有误，请刷新后重试。',
    en: 'If-Match is no ETag of this service. Load it again.',
  },
  'precondition.required': {
    zh: '缺少版本标识，请刷新后重试。',
    en: 'Send the ETag you last saw as If-Match.',
  },
  'preview.expired': { zh: '预览已过期，请重新预览。', en: 'The preview has expired. Look again.' },
  'preview.missing': { zh: '没有这次预览，请重新预览。', en: 'There is no such preview. Look again.' },
  'preview.outdated': {
    zh: '预览后情况有变化，请查看变化并重新预览。',
    en: 'Things changed since the preview. Look at what differs, and preview again.',
  },
  'request.invalid': {
    zh: '提交的内容格式有误，请核对。',
    en: 'The request does not have the form that is asked for. Check it.',
  },
  'request.refused': { zh: '请求被拒绝。', en: 'The request was refused.' },
  'requests.throttled': {
    zh: '操作过于频繁，请{seconds}秒后再试。',
    en: 'There were too many requests. Try again in {seconds} seconds.',
  },
  'route.method': { zh: '该地址不支持此操作。', en: 'This address has other methods: see Allow.' },
  'route.missing': { zh: '没有这个地址。', en: 'There is nothing at this address.' },
  'rows.check': {
    zh: '与已有数据不一致，请核对。',
    en: 'This does not agree with what is already recorded.',
  },
  'rows.foreign': {
    zh: '相关数据已变化，请刷新后重试。',
    en: 'Something it refers to is gone. Load the page again.',
  },
  'rows.unique': { zh: '已有相同的数据。', en: 'The same is recorded already.' },
  'service.failed': {
    zh: '系统异常，问题已记录，请稍后重试。',
    en: 'Something went wrong here. It was recorded; try again later.',
  },
  'text.unstorable': {
    zh: '文字中有无法保存的字符，请删除后重试。',
    en: 'A text holds a character that cannot be stored. Remove it.',
  },
  'url.malformed': { zh: '地址无法识别。', en: 'The address cannot be read.' },
  'version.stale': { zh: '他人已修改，请刷新后重试。', en: 'Somebody else saved in between. Load it again.' },
}
