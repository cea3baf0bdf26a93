/** Three rounds of inspection in two districts that are made for it, with a ranking that becomes final. */
import { type Client, crowd } from '../client.ts'
import { type Account, signIn } from '../offices.ts'
import { processorSeconds } from '../processor.ts'
import { phase } from '../progress.ts'
import type { Check } from '../report.ts'
import { checksOf } from './checks.ts'
import { type Calendar, playInspection } from './play.ts'
import { printChart, printRanking, printRates } from './print.ts'
import { inspectedBy } from './service-world.ts'
import type { Size } from './world.ts'

const size: Size = { rounds: 3, visits: 12, perClass: 6, cases: 33, dated: 27, closed: 19 }
const calendar: Calendar = {
  days: ['2026-03-09', '2026-03-16', '2026-03-23'],
  month: '2026-03',
  rankAt: '2026-04-01T09:00:00+08:00',
  finishAt: '2026-04-08T09:00:00+08:00',
  end: '2026-04-08T10:00:00+08:00',
}

interface Needs {
  client: Client
  administrator: Account
  office: Account
  issuer: { id: string; name: string }
}

/** Plays it and prints what it came to. Returns what has to be so afterwards. */
export async function inspectTwoDistricts(needs: Needs): Promise<Check[]> {
  const before = processorSeconds()
  const office = await signIn(needs.client, needs.office)
  const named = [
    ['210502', '平山区', ['平山区住建局', '平山区城管局']],
    ['210503', '溪湖区', ['溪湖区住建局', '溪湖区城管局']],
  ] as const
  const districts = await Promise.all(
    named.map(async ([code, name, units]) => {
      await office.post('/api/zones', { name, kind: 'district', code })
      const unitIds: string[] = []
      await crowd(units, 1, async (unit) => {
        const { id } = await office.post('/api/units', { name: unit, kind: 'government', districtCode: code })
        unitIds.push(id)
      })
      return { code, zoneCode: code, units, unitIds }
    }),
  )
  const { id: sendingUnitId } = await office.post('/api/units', { name: '市委督查室', kind: 'government' })
  const world = await inspectedBy({ ...needs, sendingUnitId, districts, now: '2026-03-04T09:00:00+08:00' })
  const played = await phase('三轮测评、申诉、排名、结转 · three rounds, an appeal, a ranking', 1, () =>
    playInspection(world, size, calendar),
  )
  printRanking(played.ranking)
  printRates(played.cases.total)
  const reading = await world.office()
  const { bookId } = await reading.get(`/api/rounds/${played.rounds[0]!.id}`)
  await printChart(reading, bookId)
  const { player, service } = processorSeconds()
  const used = player + service - before.player - before.service
  process.stdout.write(
    `\n  测评部分处理器时间 · processor time of the inspection: ${used.toFixed(1)} s (≤ 15)\n\n`,
  )
  const carried = played.plans.reduce((sum, plan) => sum + plan.carried, 0)
  return checksOf(played.cases.total, carried, size)
}
