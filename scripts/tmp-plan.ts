import { readFileSync } from 'node:fs'
import { parseProblem } from '#modules/planning/parse-problem.ts'
import { propose } from '#modules/planning/propose.ts'
import { validate } from '#modules/planning/validate.ts'
import { provinceOf } from './bench/plan-problem.ts'

const size = Number(process.argv[2])
const policy = process.argv[3] as 'fill' | 'together'
const rss = () => Math.round(process.memoryUsage().rss / 1048576)
const input =
  size === 1 ? JSON.parse(readFileSync('../shared/data/planning/event-1x.json', 'utf8')) : provinceOf(size)
console.error('made', rss())
const t00 = performance.now()
const problem = parseProblem({ ...input, policy })
console.error('parsed', ((performance.now() - t00) / 1000).toFixed(2), rss())
const c0 = process.cpuUsage()
const t0 = performance.now()
const p = await propose(problem, {
  onProgress: (s) => console.error((process.cpuUsage(c0).user / 1e6).toFixed(2), s, rss()),
})
const c = process.cpuUsage(c0)
console.error(
  'wall',
  ((performance.now() - t0) / 1000).toFixed(2),
  'user',
  (c.user / 1e6).toFixed(2),
  'sys',
  (c.system / 1e6).toFixed(2),
  'rss',
  rss(),
  'max',
  Math.round(process.resourceUsage().maxRSS / 1024),
)
const v0 = performance.now()
console.error('violations', validate(problem, p).length, ((performance.now() - v0) / 1000).toFixed(2))
console.error(
  p.quality.goals
    .map((g) => `${g.goal} ${Math.round(g.achieved)}/${g.bound === null ? '-' : Math.round(g.bound)}`)
    .join('  '),
  'raw',
  p.quality.parts.rawCount,
  p.quality.certificate?.holds,
)
