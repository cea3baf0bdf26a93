/** A round: begun, drawn, visited and closed; what fails becomes cases that units put right, or do not. */
import type { PublishedScheme } from './lists.ts'
import { type Caller, type Size, spread, type World } from './world.ts'

export interface PlayedRound {
  id: string
  label: string
  /** Observations that failed, with the unit that owes the case. */
  failed: { observationId: string; unitId: string; unitName: string }[]
}

interface Moment {
  title: string
  opensAt: string
  visitedAt: string
  endsAt: string
}

/** Plays rounds of one scheme. What fails is chosen so that no case is found twice, and so many of all have a deadline. */
export class Rounds {
  readonly #world: World
  readonly #scheme: PublishedScheme
  readonly #size: Size
  /** Standards that failed at a point before. */
  readonly #failedAt = new Map<string, Set<string>>()
  #visited = 0
  #cases = 0
  #undated = 0
  #dated = 0

  constructor(world: World, scheme: PublishedScheme, size: Size) {
    this.#world = world
    this.#scheme = scheme
    this.#size = size
  }

  async play(moment: Moment): Promise<PlayedRound> {
    const { id, label } = await this.#draw(moment)
    await this.#world.moveTo(moment.visitedAt)
    const observations = await this.#visit(id, moment)
    const failed = await this.#settle(id, observations)
    const office = await this.#world.office()
    const { version } = await office.get(`/api/rounds/${id}`)
    await office.put(`/api/rounds/${id}/closure`, {}, `"v${version}"`)
    return { id, label, failed }
  }

  async #draw({ title, opensAt, endsAt }: Moment): Promise<{ id: string; label: string }> {
    const office = await this.#world.office()
    const { id, label } = await office.post('/api/rounds', {
      ...{ kind: 'monthly', title, schemeId: this.#scheme.id, issuerUnitId: this.#world.issuer.id },
      ...{ opensAt, endsAt, spec: { size: this.#size.visits, reserve: 0 } },
    })
    await office.put(`/api/rounds/${id}/draw`, {}, '"v1"')
    const { items } = await office.get(`/api/rounds/${id}/visits?limit=200`)
    const inspectorUserId = this.#world.inspectorId
    const sent = items.map(({ id: visitId }: { id: string }) => ({ visitId, inspectorUserId, opensAt }))
    await office.put(`/api/rounds/${id}/assignments`, { visits: sent })
    return { id, label }
  }

  /** The inspector brings every visit home. @returns the observation that raised each case */
  async #visit(roundId: string, { visitedAt }: Moment): Promise<Map<string, string>> {
    const inspector = await this.#world.inspector()
    const observations = new Map<string, string>()
    const { visits } = await inspector.get('/api/my/visits')
    for (const { id: visitId, roundLabel, point, standardIds } of visits) {
      if (roundLabel === null) continue
      const fails = this.#failing(point.code, standardIds)
      const receipt = await inspector.post('/api/visit-uploads', {
        ...{ operationId: crypto.randomUUID(), visitId, startedAt: visitedAt, endedAt: visitedAt },
        observations: standardIds.map((standardId: string) => {
          return { standardId, answer: standardId === fails ? 'not' : 'met' }
        }),
      })
      if (receipt.held || receipt.remarks.length > 0)
        throw new Error(`a visit of ${roundId} was answered ${JSON.stringify(receipt.remarks)}`)
      const entry = standardIds.indexOf(fails)
      if (fails) observations.set(receipt.caseIds[0], receipt.entries[entry].observationId)
    }
    return observations
  }

  /** The standard that fails at this visit; undefined: none. */
  #failing(code: string, standardIds: readonly string[]): string | undefined {
    const { cases, dated } = this.#size
    this.#visited += 1
    if (!spread(this.#visited - 1, cases, this.#size.rounds * this.#size.visits)) return undefined
    const before = this.#failedAt.get(code) ?? new Set()
    this.#failedAt.set(code, before)
    this.#cases += 1
    const undated = Math.floor((this.#cases * (cases - dated)) / cases) > this.#undated
    const free = (withDate: boolean) =>
      this.#scheme.standards.find(
        (each) => each.dated === withDate && standardIds.includes(each.id) && !before.has(each.id),
      )
    const found = (undated ? free(false) : undefined) ?? free(true)
    if (!found) throw new Error(`everything failed at ${code} before`)
    if (!found.dated) this.#undated += 1
    before.add(found.id)
    return found.id
  }

  /** Units report what they put right; the office signs it off. */
  async #settle(roundId: string, observations: ReadonlyMap<string, string>): Promise<PlayedRound['failed']> {
    const office = await this.#world.office()
    const { items } = await office.get(`/api/cases?roundId=${roundId}&limit=200`)
    const failed: PlayedRound['failed'] = []
    for (const { id, taskId, dueAt, unit } of items) {
      failed.push({ observationId: observations.get(id)!, unitId: unit.id, unitName: unit.name })
      if (dueAt === null) continue
      this.#dated += 1
      if (!spread(this.#dated - 1, this.#size.closed, this.#size.dated)) continue
      await move(await this.#world.liaison(unit.name), taskId, 'report')
      await move(office, taskId, 'pass')
    }
    return failed
  }
}

const move = (who: Caller, taskId: string, kind: string): Promise<unknown> =>
  who.post(`/api/tasks/${taskId}/moves`, { id: crypto.randomUUID(), kind, reason: '已整改' })
