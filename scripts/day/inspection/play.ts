/** The inspection of a year, or of some weeks, through the API: lists, rounds, a ranking with an appeal, what is carried over. */
import { bringLists } from './lists.ts'
import { type PlayedRound, Rounds } from './round.ts'
import type { Size, World } from './world.ts'

export interface Played {
  rounds: PlayedRound[]
  // biome-ignore lint/suspicious/noExplicitAny: the ranking as it was answered
  ranking: any
  /** All cases as of the end. */
  // biome-ignore lint/suspicious/noExplicitAny: the figures as they were answered
  cases: any
  /** Year plans by unit, and how many cases were carried into each. */
  plans: { unit: string; bookId: string; carried: number }[]
  noticeId: string
}

/** When each round is begun; between two of them its cases are put right. */
export interface Calendar {
  /** Days on which somebody visits, `YYYY-MM-DD`, in order. */
  days: readonly string[]
  /** The month that is ranked, and the moments at which that is done and ended. */
  month: string
  rankAt: string
  finishAt: string
  end: string
}

const at = (day: string, hour: number) => `${day}T${`${hour}`.padStart(2, '0')}:00:00+08:00`

/** Plays everything. Requests that are not answered as they should be are errors. */
export async function playInspection(world: World, size: Size, calendar: Calendar): Promise<Played> {
  const scheme = await bringLists(world, size)
  const playing = new Rounds(world, scheme, size)
  const rounds: PlayedRound[] = []
  let ranking: Played['ranking']
  const { days, month } = calendar
  for (const [n, day] of days.entries()) {
    await world.moveTo(at(day, 9))
    const title = `${Number(day.slice(5, 7))}月文明城市测评（第${n + 1}轮）`
    const moment = { title, opensAt: at(day, 10), visitedAt: at(day, 11), endsAt: at(day, 18) }
    rounds.push(await playing.play(moment))
    const next = days[n + 1]
    if (day.startsWith(month) && !next?.startsWith(month)) {
      const ofMonth = rounds.filter((_, at) => days[at]!.startsWith(month))
      await world.moveTo(calendar.rankAt)
      ranking = await rank(world, ofMonth, month)
      await world.moveTo(calendar.finishAt)
      ranking = await finish(world, ranking.id)
    }
  }
  await world.moveTo(calendar.end)
  const plans = await carry(world)
  const noticeId = await tell(world)
  const cases = await (await world.office()).get('/api/case-figures?by=unit')
  return { rounds, ranking, cases, plans, noticeId }
}

/** 排名: drafted, appealed against by a unit, computed again. */
export async function rank(world: World, rounds: readonly PlayedRound[], month: string) {
  const office = await world.office()
  const { id } = await office.post('/api/rankings', {
    ...{ month, group: 'city_districts', issuerUnitId: world.issuer.id },
    ...{ roundIds: rounds.map((round) => round.id), pointsMin: 5, dueMin: 3 },
  })
  const read = () => office.get(`/api/rankings/${id}`)
  await world.until(read, ({ state }) => state === 'draft')
  const { observationId, unitId, unitName } = rounds[0]!.failed[0]!
  const appeal = await (await world.liaison(unitName)).post(`/api/rankings/${id}/appeals`, {
    ...{ unitId, observationId, answer: 'partly', reason: '当日已清理大部分，照片可证' },
  })
  const decision = { outcome: 'granted', reason: '经核实，属部分达标' }
  await (await world.referee()).put(`/api/appeals/${appeal.id}/decision`, decision)
  return world.until(read, ({ state }) => state === 'draft')
}

/** 定稿, once nobody may appeal any more. */
async function finish(world: World, id: string) {
  const office = await world.office()
  const { version } = await office.get(`/api/rankings/${id}`)
  return office.put(`/api/rankings/${id}/finality`, {}, `"v${version}"`)
}

/** 结转: what is not finished goes into the year plan of its unit. */
export async function carry(world: World): Promise<Played['plans']> {
  const office = await world.office()
  const plans: Played['plans'] = []
  for (const { units, unitIds } of world.districts)
    for (const [n, unit] of units.entries()) {
      const taskIds = await openCasesOf(world, unitIds[n]!)
      if (taskIds.length === 0) continue
      const book = { kind: 'year_plan', title: `${unit}2027年度工作计划`, issuerUnitId: world.issuer.id }
      const { id: bookId } = await office.post('/api/books', book)
      let carried = 0
      for (let from = 0; from < taskIds.length; from += 50) {
        const some = { taskIds: taskIds.slice(from, from + 50), dueOn: '2027-06-30' }
        const done = await office.post(`/api/books/${bookId}/carried-tasks`, {
          ...some,
          reason: '列入明年工作计划',
        })
        carried += done.carried
      }
      plans.push({ unit, bookId, carried })
    }
  return plans
}

/** The tasks of a unit's cases that are neither closed nor cancelled. */
async function openCasesOf(world: World, unitId: string): Promise<string[]> {
  const office = await world.office()
  const open: string[] = []
  for (let cursor = ''; ; ) {
    const page = await office.get(`/api/cases?unitId=${unitId}&limit=200${cursor}`)
    for (const { taskId, taskState } of page.items)
      if (taskId && taskState !== 'closed' && taskState !== 'cancelled') open.push(taskId)
    if (!page.nextCursor) return open
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`
  }
}

/** 通报 of what was put right, with figures of now that stay. */
export async function tell(world: World): Promise<string> {
  const office = await world.office()
  const { id, version } = await office.post('/api/books', {
    ...{ kind: 'notice', title: '关于测评问题整改情况的通报', issuerUnitId: world.issuer.id },
    ...{ documentNumber: '本文明办〔2026〕12号', text: '现将全年测评问题整改情况通报如下。' },
  })
  const unitId = world.districts[0]!.unitIds[0]
  await office.post(`/api/books/${id}/tasks`, {
    ...{ kind: 'reply', outline: '1', text: '书面回复整改措施', unitId },
    ...{ dueKind: 'dated', dueClass: 'workdays:3' },
  })
  await office.put(`/api/books/${id}/figures`, { by: 'unit', bookKind: 'rectification' }, `"v${version}"`)
  const { version: now } = await office.get(`/api/books/${id}`)
  await office.put(`/api/books/${id}/publication`, {}, `"v${now}"`)
  return id
}
