import Type from 'typebox'
import type { Database } from '../database/port.ts'
import { Id, problems, ref } from '../http/schemas.ts'
import type { App } from '../http/server.ts'
import { JobPage, JobQuery, JobStateChange, JobSummary, JobView } from './contract.ts'
import { listJobs, presentJob, summariseJobs } from './queries.ts'
import type { Queue } from './queue.ts'
import { retryJob } from './retry-job.ts'

/** The routes by which operators see and retry background jobs. */
export function jobsRoutes(app: App, { db, jobs: queue }: { db: Database; jobs: Queue }): void {
  app.route({
    method: 'GET',
    url: '/api/jobs',
    config: { access: 'system.operate' },
    schema: {
      operationId: 'listJobs',
      tags: ['系统 · system'],
      summary: '后台任务 · Background jobs, newest first',
      querystring: JobQuery,
      response: { 200: JobPage, ...problems },
    },
    handler: async ({ query }) => listJobs(db.read, query),
  })
  app.route({
    method: 'GET',
    url: '/api/jobs/summary',
    config: { access: 'system.operate' },
    schema: {
      operationId: 'summariseJobs',
      tags: ['系统 · system'],
      summary: '后台任务统计 · How many jobs of each kind are in each state',
      response: { 200: ref(JobSummary), ...problems },
    },
    handler: async () => ({ counts: await summariseJobs(db.read) }),
  })
  app.route({
    method: 'PUT',
    url: '/api/jobs/:jobId/state',
    config: { access: 'system.operate' },
    schema: {
      operationId: 'retryJob',
      tags: ['系统 · system'],
      summary: '重试已停止的任务 · Give a dead job another chance',
      params: Type.Object({ jobId: Id }),
      body: JobStateChange,
      response: { 200: ref(JobView), ...problems },
    },
    handler: async ({ params, actor }) =>
      presentJob(await db.transaction((tx) => retryJob(tx, queue, { id: params.jobId, by: actor }))),
  })
}
