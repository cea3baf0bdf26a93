import { statfs } from 'node:fs/promises'
import type { SlowThings } from './slow.ts'
import type { Watches } from './watch.ts'

export interface ProcessContext {
  config: { dataDir: string; freeDiskMinMb: number }
  slow: SlowThings
}

/** What takes longer should not be left as it is, in ms. */
const alarmingMs = 1000

const longestOf = (slow: SlowThings[keyof SlowThings]) =>
  slow.lately().map(({ name, longestMs }) => {
    return { of: name, value: longestMs, alarming: longestMs >= alarmingMs }
  })

export const processWatches: Watches<ProcessContext> = {
  'disk.free': {
    unit: 'megabytes',
    title: { zh: '磁盘剩余空间', en: 'free disk space' },
    todo: {
      zh: '请尽快清理磁盘或扩容；低于下限后系统停止服务。',
      en: 'Free or add disk space soon; below the minimum the service stops accepting work.',
    },
    async look({ config: { dataDir, freeDiskMinMb } }) {
      const { bavail, bsize } = await statfs(dataDir)
      const value = Math.floor((bavail * bsize) / 2 ** 20)
      return [{ value, alarming: value < 2 * freeDiskMinMb }]
    },
  },
  'database.slow_statements': {
    unit: 'milliseconds',
    title: { zh: '近一小时最慢的数据库语句', en: 'the slowest statements of the last hour' },
    todo: {
      zh: '请在日志中查“statement slow”，并确认统计信息是否及时更新、磁盘是否过慢。',
      en: 'Look for “statement slow” in the log, and check that statistics are fresh and the disk is not slow.',
    },
    look: ({ slow }) => longestOf(slow.statements),
  },
  'process.slow_turns': {
    unit: 'milliseconds',
    title: { zh: '近一小时最长的停顿', en: 'the longest stalls of the last hour' },
    todo: {
      zh: '停顿期间所有人都在等待。请查看服务器负载；反复出现时请把这一行发给开发人员。',
      en: 'Everybody waits meanwhile. Look at the load of the machine; if it happens again, send this line to the developers.',
    },
    look: ({ slow }) => longestOf(slow.turns),
  },
}
