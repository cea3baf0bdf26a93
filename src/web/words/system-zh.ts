import type { Widened } from './speech.ts'

/** What the pages of jobs and of the state of the service say. */
export const systemZh = {
  system: '运行状况',
  systemQuestion: '系统能正常工作吗，有什么需要处理？',
  ready: '系统正常，可以使用。',
  notReady: '系统目前不能正常工作，请按下面的提示处理。',
  checks: '检查项目',
  check: '项目',
  state: '状态',
  todo: '怎么办',
  good: '正常',
  bad: '异常',
  checkNames: {
    database: '数据库',
    migrations: '数据库结构',
    disk: '磁盘空间',
  },
  checkGood: {
    database: '写入能可靠保存',
    migrations: '与程序版本一致',
    disk: '空间充足',
  },
  checkTodo: {
    database: '数据库不能写入。请检查数据库服务和磁盘，再看系统日志。',
    migrations: '数据库结构与程序版本不一致。请停止服务，执行数据库升级后再启动。',
    disk: '磁盘空间不足。请清理旧备份和旧日志，或扩大磁盘。',
  },
  unknownTodo: '请把技术信息告诉维护人员。',
  attention: '需要处理',
  nothing: '没有需要处理的事项。',
  watched: '监测数据',
  value: '当前值',
  units: {
    seconds: (value: string) => `${value}秒`,
    milliseconds: (value: string) => `${value}毫秒`,
    megabytes: (value: string) => `${value}兆字节`,
    count: (value: string) => `${value}项`,
  },
  refreshed: '每30秒更新一次',

  jobs: '后台任务',
  jobsQuestion: '有没有任务停下来，等人处理？',
  kind: '任务',
  about: '对象',
  runAt: '计划时间',
  attempts: '已尝试',
  lastError: '最近的错误',
  act: '操作',
  anyState: '全部状态',
  found: (shown: number, more: boolean) => (more ? `本页${shown}个任务，后面还有` : `本页${shown}个任务`),
  empty: '没有任务。',
  emptyFiltered: '没有符合条件的任务。',
  total: (jobs: number) => `${jobs}个`,
  retry: '重试',
  retried: '已重新排队，稍后执行。',
  noneDead: '没有停止的任务。',
  onlyKind: (kind: string) => `只看任务：${kind}`,
}

export type SystemWords = Widened<typeof systemZh>
