/** The inspection of the demonstration, in two parts: a round between the lists and the plan, its ranking before the day. */
import type { Client } from '../client.ts'
import type { Account } from '../offices.ts'
import type { Register } from '../preparations.ts'
import { processorSeconds } from '../processor.ts'
import { phase } from '../progress.ts'
import type { Check } from '../report.ts'
import { checksOf } from './checks.ts'
import { bringLists } from './lists.ts'
import { carry, rank, tell } from './play.ts'
import { printChart, printRanking, printRates } from './print.ts'
import { type PlayedRound, Rounds } from './round.ts'
import { inspectedBy, type ServiceWorld } from './service-world.ts'
import type { Size } from './world.ts'

const size: Size = { rounds: 1, visits: 24, perClass: 8, cases: 22, dated: 18, closed: 12 }
const cityDistricts = ['210502', '210503', '210504', '210505'] as const
const issuerName = '本溪市精神文明建设指导委员会办公室'

interface Needs {
  client: Client
  administrator: Account
  office: Account
  register: Register
  now: string
}

const bureausIn = ({ units }: Register, of: (districtCode: string | null) => boolean) =>
  [...units].filter(
    ([name, { kind, districtCode }]) =>
      kind === 'government' && !name.includes('精神文明') && of(districtCode),
  )

/** Two bureaus of a district that look after its points, and a cell of its grid; nothing where there are none. */
function districtIn(register: Register, code: string) {
  const [first, second] = bureausIn(register, (district) => district === code)
  const zone = register.zones.find(({ districtCode }) => districtCode === code)
  if (!first || !second || !zone) return []
  const named = [first, second]
  const [units, unitIds] = [named.map(([name]) => name), named.map(([, { id }]) => id)]
  return [{ code, zoneCode: zone.code, units, unitIds }]
}

export class CityInspection {
  readonly #world: ServiceWorld
  #used: number
  #round!: PlayedRound

  private constructor(world: ServiceWorld, used: number) {
    this.#world = world
    this.#used = used
  }

  /** Invites those who take part. */
  static async begin({ register, ...needs }: Needs): Promise<CityInspection> {
    const before = seconds()
    const districts = cityDistricts.flatMap((code) => districtIn(register, code)).slice(0, 2)
    const inspected = new Set<string | null>(districts.map(({ code }) => code))
    const [sending] = bureausIn(register, (district) => !inspected.has(district))
    const issuer = { id: register.units.get(issuerName)!.id, name: issuerName }
    const world = await inspectedBy({ ...needs, issuer, sendingUnitId: sending![1].id, districts })
    return new CityInspection(world, seconds() - before)
  }

  /** Lists, a draw, the visits of a day, and what units put right at once. */
  async visit(): Promise<void> {
    const before = seconds()
    const label = `测评：抽取${size.visits}个点位走访 · a round of ${size.visits} points`
    await phase(label, 1, async () => {
      const scheme = await bringLists(this.#world, size)
      const day = (hour: string) => `2026-02-24T${hour}:00+08:00`
      const moment = { opensAt: day('10:00'), visitedAt: day('11:00'), endsAt: day('18:00') }
      this.#round = await new Rounds(this.#world, scheme, size).play({ title: '2月文明城市测评', ...moment })
    })
    this.#used += seconds() - before
  }

  /** The ranking of the month with an appeal, the notice, what is carried over. @param now what the clock shows */
  async rank(now: string): Promise<Check[]> {
    const before = seconds()
    this.#world.passed(now)
    const label = '测评：申诉、排名、通报、结转 · an appeal, the ranking, a notice, what is carried over'
    const told = await phase(label, 1, async () => {
      const ranking = await rank(this.#world, [this.#round], '2026-02')
      const plans = await carry(this.#world)
      await tell(this.#world)
      return { ranking, plans }
    })
    const office = await this.#world.office()
    const { total } = await office.get(`/api/case-figures?by=unit&roundId=${this.#round.id}`)
    printRanking(told.ranking)
    printRates(total)
    await printChart(office, (await office.get(`/api/rounds/${this.#round.id}`)).bookId)
    this.#used += seconds() - before
    process.stdout.write(
      `\n    测评部分处理器时间 · processor time of the inspection: ${this.#used.toFixed(1)} s (≤ 15)\n`,
    )
    const carried = told.plans.reduce((sum, plan) => sum + plan.carried, 0)
    return checksOf(total, carried, size)
  }
}

function seconds(): number {
  const { player, service } = processorSeconds()
  return player + service
}
