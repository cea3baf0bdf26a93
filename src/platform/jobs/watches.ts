import { and, asc, desc, eq, gt, gte, inArray, lte, ne, or, sql } from 'drizzle-orm'
import type { Database } from '../database/port.ts'
import type { Clock } from '../time.ts'
import type { Watches } from '../watch/watch.ts'
import { statisticsKinds, statisticsSeconds } from './housekeeping.ts'
import { deadJobs } from './queries.ts'
import { jobs } from './schema.ts'
import { attemptsDefault } from './settle.ts'

/** A job that is due should begin within seconds. */
const overdueSeconds = 300
/** A job whose process ended so often without progress may be what ends it. */
const interruptionsMany = 3
/** A lease that ended so long ago should have been taken over. */
const leftSeconds = 120

export const jobsWatches: Watches<{ db: Database; clock: Clock }> = {
  'jobs.overdue': {
    unit: 'seconds',
    title: { zh: '后台任务最长等待', en: 'how long the job that was due first has waited' },
    todo: {
      zh: '请确认有进程在执行后台任务（WORKERS 不为0），并在后台任务页查看哪类任务占用过久。',
      en: 'Check that a process does jobs (WORKERS is not 0), and look under jobs which kind takes so long.',
    },
    async look({ db, clock }) {
      const now = clock.now()
      const [due] = await db.read
        .select({ runAt: jobs.runAt })
        .from(jobs)
        .where(and(eq(jobs.state, 'waiting'), lte(jobs.runAt, now)))
        .orderBy(asc(jobs.runAt))
        .limit(1)
      const value = due ? Math.round(now.diff(due.runAt).as('seconds')) : 0
      return [{ value, alarming: value >= overdueSeconds }]
    },
  },
  'jobs.dead': {
    unit: 'count',
    title: { zh: '已停止的后台任务', en: 'jobs that gave up' },
    todo: {
      zh: '请在后台任务页查看原因，排除后让任务重新等待执行。',
      en: 'Look under jobs why they failed, remove the cause, and let them wait again.',
    },
    async look({ db }) {
      return (await deadJobs(db.read)).map(({ kind, jobs }) => ({ of: kind, value: jobs, alarming: true }))
    },
  },
  'jobs.stuck': {
    unit: 'count',
    title: {
      zh: '反复失败、反复中断或无人接手的后台任务',
      en: 'jobs that fail or are interrupted again and again, or were left by their process',
    },
    todo: {
      zh: '请在后台任务页查看该任务最近的错误，排除原因；若每次执行都使进程退出，请查看日志并联系开发人员。',
      en: 'Look under jobs at the last error of the job, and remove its cause; if it ends its process each time, look at the log and ask the developers.',
    },
    async look({ db, clock }) {
      const left = and(
        eq(jobs.state, 'running'),
        lte(jobs.leaseUntil, clock.now().minus({ seconds: leftSeconds })),
      )
      // Recurring work never dies: that it fails each time is told of here alone.
      const again = and(
        inArray(jobs.state, ['waiting', 'running']),
        or(gte(jobs.interruptions, interruptionsMany), gt(jobs.attempts, attemptsDefault)),
      )
      const found = await db.read
        .select({ kind: jobs.kind, jobs: sql<number>`count(*)`.mapWith(Number) })
        .from(jobs)
        .where(or(left, again))
        .groupBy(jobs.kind)
      return found.map(({ kind, jobs }) => ({ of: kind, value: jobs, alarming: true }))
    },
  },
  'database.statistics_age': {
    unit: 'seconds',
    title: { zh: '数据库统计信息距上次更新', en: 'since the statistics of the database were counted' },
    todo: {
      zh: '查询可能变慢。请在后台任务页查看“database.refresh_statistics”为何没有完成。',
      en: 'Queries may be slow. Look under jobs why “database.refresh_statistics” does not end.',
    },
    async look({ db, clock }) {
      const [last] = await db.read
        .select({ finishedAt: jobs.finishedAt })
        .from(jobs)
        .where(and(inArray(jobs.kind, statisticsKinds), eq(jobs.state, 'done')))
        .orderBy(desc(jobs.id))
        .limit(1)
      // Before the first time, or when that was so long ago that it was forgotten, what was planned and did not end counts.
      const [planned] = await db.read
        .select({ createdAt: jobs.createdAt })
        .from(jobs)
        .where(and(inArray(jobs.kind, statisticsKinds), ne(jobs.state, 'done')))
        .orderBy(asc(jobs.id))
        .limit(1)
      const since = last?.finishedAt ?? planned?.createdAt
      if (!since) return []
      const value = Math.round(clock.now().diff(since).as('seconds'))
      return [{ value, alarming: value >= 8 * statisticsSeconds }]
    },
  },
}
