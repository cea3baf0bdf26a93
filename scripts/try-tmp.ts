import { parseProblem } from '#modules/planning/parse-problem.ts'
import { propose } from '#modules/planning/propose.ts'
import { validate } from '#modules/planning/validate.ts'
import { rosterProblem } from './bench/roster-problem.ts'
const [opts = '{}', policy='fill'] = process.argv.slice(2)
const p = parseProblem({...rosterProblem(JSON.parse(opts)), policy})
console.log(p.vol.team.length, p.shifts.length, p.shifts.reduce((s,x)=>s+x.target,0), p.shifts.reduce((s,x)=>s+x.min,0))
const c = process.cpuUsage()
const r = await propose(p, {onProgress: (s,d)=>console.log(s,d,process.cpuUsage(c).user/1e6)})
console.log('cpu', process.cpuUsage(c).user/1e6, 'rss', process.resourceUsage().maxRSS/1024)
console.log(validate(p, r).slice(0,3), r.quality.people, r.quality.parts, r.quality.certificate)
for (const g of r.quality.goals) console.log(g.goal, g.achieved, g.bound, g.proof)
