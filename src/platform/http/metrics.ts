import { count } from 'drizzle-orm'
import { Counter, collectDefaultMetrics, Gauge, Histogram, type Registry } from 'prom-client'
import type { Database } from '../database/port.ts'
import { DomainError } from '../errors.ts'
import { jobs } from '../jobs/schema.ts'
import { bearsToken } from './bearer-token.ts'
import type { App } from './server.ts'

/** Wraps a database so that its transactions are measured. */
export function measured(db: Database, registry: Registry): Database {
  const seconds = new Histogram({
    name: 'muster_db_transaction_seconds',
    help: 'From asking for a transaction until it is durable',
    labelNames: ['outcome'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  })
  return {
    ...db,
    async transaction(work, options) {
      const end = seconds.startTimer()
      try {
        const value = await db.transaction(work, options)
        end({ outcome: 'committed' })
        return value
      } catch (error) {
        end({ outcome: 'rolled back' })
        throw error
      }
    },
  }
}

/** Histogram of transactions per COMMIT: the effect of group commit. */
export function batchSizes(registry: Registry): (transactions: number) => void {
  const sizes = new Histogram({
    name: 'muster_db_commit_transactions',
    help: 'Transactions made durable by one COMMIT of SQLite',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    registers: [registry],
  })
  return (transactions) => sizes.observe(transactions)
}

/** Counter of log lines that were dropped because the reader was too slow. */
export function countDroppedLines(registry: Registry, dropped: () => number): void {
  new Counter({
    name: 'muster_log_lines_dropped_total',
    help: 'Lines of the log that were dropped because nobody read standard output',
    registers: [registry],
    collect() {
      this.reset()
      this.inc(dropped())
    },
  })
}

/** Measures every answer by route pattern and status class. */
function measureRequests(app: App, registry: Registry): void {
  const seconds = new Histogram({
    name: 'muster_http_request_seconds',
    help: 'From the request’s arrival until its answer was handed over',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  const refused = new Counter({
    name: 'muster_http_refused_total',
    help: 'Answers of 401, 403 and 429',
    labelNames: ['status'],
    registers: [registry],
  })
  app.addHook('onResponse', (request, reply, done) => {
    const status = reply.statusCode
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: `${Math.floor(status / 100)}xx`,
    }
    seconds.observe(labels, reply.elapsedTime / 1000)
    if (status === 401 || status === 403 || status === 429) refused.inc({ status })
    done()
  })
}

/**
 * `/metrics` for Prometheus, authenticated by its own bearer token, because Prometheus has no session. Without a configured
 * token the route does not exist. It contains counts and durations by route, no people and no addresses.
 */
export function metricsRoutes(app: App, registry: Registry, db: Database, token: string | undefined): void {
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'muster_jobs',
    help: 'Jobs by state',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const counts = await db.read
        .select({ state: jobs.state, count: count() })
        .from(jobs)
        .groupBy(jobs.state)
      this.reset()
      for (const each of counts) this.set({ state: each.state }, each.count)
    },
  })
  measureRequests(app, registry)
  if (token === undefined) return
  app.route({
    method: 'GET',
    url: '/metrics',
    config: { access: 'public' },
    handler: async ({ headers: { authorization } }, reply) => {
      if (!bearsToken(authorization, token))
        throw new DomainError('unauthenticated', 'access.unauthenticated', 'Show the token of METRICS_TOKEN.')
      return reply.type(registry.contentType).send(await registry.metrics())
    },
  })
}
