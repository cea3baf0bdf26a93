/** The year of the city beside the day: groups, a task book, who answers for compounds, a market, an award, a notice. */
import type { Client } from './client.ts'
import { type Account, invite, signIn } from './offices.ts'
import { phase } from './progress.ts'
import type { Check } from './report.ts'
import { bringTaskBook, type GroupTasks, taskBookTitle } from './task-book.ts'

/** As the campaign has them. */
export const size = { groups: 10, counsellorGroups: 4, leaders: 17, compounds: 14, units: 77, stalls: 160 }

const groupNames =
  '综合协调 环境卫生 市容秩序 交通秩序 市场整治 小区整治 窗口服务 宣传教育 未成年人 督查考核'.split(' ')
const numerals = '一二三四五六七八九十'
const range = (count: number) => Array.from({ length: count }, (_, n) => n)

export interface YearNeeds {
  client: Client
  /** The city office, and the unit for which it acts. */
  office: Client
  administrator: Client
  officeLogin: string
  issuerId: string
  /** Units that owe something; those of the issuer's own line are none of them. */
  unitIds: readonly string[]
  districtCodes: readonly string[]
}

/** Plays the year through the API. Returns what has to be so afterwards. */
export async function playYear(needs: YearNeeds): Promise<Check[]> {
  const checks: Check[] = []
  const year = new Year(needs, (what, wanted, found) => checks.push({ what, wanted, found }))
  await year.actForUnits()
  await phase('工作组、辅导组 · groups and counsellors', 1, () => year.setUp())
  await phase('任务书下发 · a task book is issued', 1, () => year.issueTaskBook())
  await phase('三级包保清单展开两次 · work lists expanded twice', 1, () => year.expand())
  await phase('市场改造、文明楼院、通报、结转 · market, award, notice, carried over', 1, async () => {
    await year.rebuildMarket()
    await year.award()
    await year.tell()
    await year.carry()
  })
  return checks
}

class Year {
  readonly #needs: YearNeeds
  readonly #check: (what: string, wanted: number, found: number) => void
  #liaison!: Client
  #owing!: string
  #counsellors: string[] = []
  #taskBook = ''
  #team = ''

  constructor(needs: YearNeeds, check: (what: string, wanted: number, found: number) => void) {
    this.#needs = needs
    this.#check = check
  }

  get #office(): Client {
    return this.#needs.office
  }

  /** The office signs off for its unit; a liaison of another unit reports. */
  async actForUnits(): Promise<void> {
    const { administrator, client, issuerId, officeLogin, unitIds } = this.#needs
    const users = administrator.all('/api/users')
    for await (const user of users)
      if (user.login === officeLogin)
        await administrator.put(`/api/users/${user.id}/unit`, { unitId: issuerId }, `"v${user.version}"`)
    this.#owing = unitIds[0] as string
    const account: Account = await invite(this.#office, {
      ...{ login: 'liaison', name: '联络员', what: '', role: 'unit_administrator' },
      unitId: this.#owing,
    } as never)
    this.#liaison = await signIn(client, account)
  }

  async setUp(): Promise<void> {
    const { unitIds, districtCodes, issuerId } = this.#needs
    this.#team = (await this.#office.post('/api/teams', { name: '创城工作专班', unitId: issuerId })).id
    for (const n of range(size.groups)) {
      const body = { kind: 'group', number: n + 1, name: `${groupNames[n]}组` }
      const { id } = await this.#office.post('/api/working-bodies', body)
      await this.#office.post(`/api/working-bodies/${id}/members`, { role: 'member', unitId: unitIds[n + 1] })
    }
    this.#counsellors = await this.#people(2 * size.counsellorGroups, '辅导员')
    for (const n of range(size.counsellorGroups)) {
      const body = { kind: 'counsellor_group', number: n + 1, name: `创城辅导${numerals[n]}组` }
      const { id } = await this.#office.post('/api/working-bodies', body)
      const members = [
        ...range(2).map((at) => ({ role: 'counsellor', personId: this.#counsellors[2 * n + at] })),
        { role: 'charge', districtCode: districtCodes[n % districtCodes.length] },
        ...range(3).map((at) => ({ role: 'charge', unitId: unitIds[(20 + 3 * n + at) % unitIds.length] })),
      ]
      for (const member of members) await this.#office.post(`/api/working-bodies/${id}/members`, member)
    }
    const bodies: { members: unknown[] }[] = (await this.#office.get('/api/working-bodies?limit=200')).items
    this.#check('工作组和辅导组 · groups', size.groups + size.counsellorGroups, bodies.length)
    const members = bodies.reduce((sum, each) => sum + each.members.length, 0)
    this.#check('成员 · their members', size.groups + 6 * size.counsellorGroups, members)
  }

  async #people(count: number, title: string): Promise<string[]> {
    const made: string[] = []
    for (const n of range(count)) {
      const name = `${'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱'[n % 17]}${title}`
      const memberships = [{ teamId: this.#team }]
      made.push((await this.#office.post('/api/persons', { name, memberships })).id)
    }
    return made
  }

  async #book(kind: string, title: string, more: object = {}): Promise<string> {
    const body = { kind, title, issuerUnitId: this.#needs.issuerId, ...more }
    return (await this.#office.post('/api/books', body)).id
  }

  async #task(bookId: string, task: object): Promise<string> {
    const due = { dueKind: 'dated', dueClass: 'workdays:15' }
    const stated = { kind: 'item', outline: '1', unitId: this.#owing, ...due, ...task }
    return (await this.#office.post(`/api/books/${bookId}/tasks`, stated)).id
  }

  async #publish(bookId: string): Promise<void> {
    const { version } = await this.#office.get(`/api/books/${bookId}`)
    await this.#office.put(`/api/books/${bookId}/publication`, {}, `"v${version}"`)
  }

  #move(who: Client, taskId: string, kind: string, more: object = {}): Promise<unknown> {
    return who.post(`/api/tasks/${taskId}/moves`, { id: crypto.randomUUID(), kind, ...more })
  }

  /** It comes as a workbook with a sheet a group; one sheet names two units in each row, and no title says who issues it. */
  async issueTaskBook(): Promise<void> {
    const { unitIds, issuerId } = this.#needs
    const nameOf = async (id: string): Promise<string> => (await this.#office.get(`/api/units/${id}`)).name
    const groups: GroupTasks[] = []
    for (const n of range(size.groups)) {
      const units = [unitIds[n + 1] as string, ...(n === 0 ? [unitIds[size.groups + 1] as string] : [])]
      const names = await Promise.all(units.map(nameOf))
      groups.push({ group: `${groupNames[n]}组`, numeral: numerals[n] as string, units: names })
    }
    const { tasks, answers } = await bringTaskBook(this.#office, groups, issuerId)
    this.#check('任务书：表格导入 · tasks from the workbook', 4 * size.groups, tasks)
    this.#check('任务书：已答复的提问 · questions answered', 2, answers)
    const { items } = await this.#office.get('/api/books?kind=task_book&limit=200')
    this.#taskBook = items.find(({ title }: { title: string }) => title === taskBookTitle).id
    await this.#publish(this.#taskBook)
    const { funnel } = await this.#office.get(`/api/books/${this.#taskBook}`)
    this.#check('任务书：交办 · tasks of the task book issued', 4 * size.groups, funnel.issued)
  }

  /** 17 leaders, 77 units and the counsellors answer for 14 compounds; each has one task, however often it is expanded. */
  async expand(): Promise<void> {
    const owing = this.#needs.unitIds.slice(0, size.units)
    const aCompound = async (name: string, more = {}): Promise<string> =>
      (await this.#office.post('/api/zones', { name, kind: 'compound', ...more })).id
    // The lists are expanded for what lies below this zone, so that no other compound of the city is among them.
    const model = await aCompound('示范小区')
    const zones: string[] = []
    for (const n of range(size.compounds))
      zones.push(await aCompound(`示范小区${n + 1}`, { parentId: model }))
    const leaders = await this.#people(size.leaders, '县长')
    const duty = (n: number, level: string, bearer: object) => ({
      ...{ zoneId: zones[n % size.compounds], level, validFrom: '2026-01-01' },
      ...bearer,
    })
    const items = [
      ...owing.map((unitId, n) => duty(n, 'unit', { unitId })),
      ...leaders.map((personId, n) => duty(n, 'leader', { personId })),
      ...range(size.compounds).map((n) =>
        duty(n, 'counsellor', { personId: this.#counsellors[n % this.#counsellors.length] }),
      ),
    ]
    await this.#office.post('/api/responsibility-batches', { items }, 'compounds')
    const bookId = await this.#book('work_list', '三级联动包保工作清单')
    const wanted = { unit: owing.length, leader: size.leaders, counsellor: size.compounds }
    const templates: string[] = []
    for (const [at, level] of Object.keys(wanted).entries()) {
      const template = {
        ...{
          kind: level === 'leader' ? 'leader_visit' : 'item',
          scope: 'responsibilities',
          outline: `${at + 1}`,
        },
        ...{
          text: '到小区走访，现场解决问题',
          dueClass: 'workdays:15',
          within: { level, zoneId: model },
        },
      }
      templates.push((await this.#office.post(`/api/books/${bookId}/templates`, template)).id)
    }
    const first = await this.#expandAll(templates)
    await this.#publish(bookId)
    const again = await this.#expandAll(templates)
    const all = Object.values(wanted).reduce((sum, each) => sum + each, 0)
    const { funnel } = await this.#office.get(`/api/books/${bookId}`)
    this.#check('包保清单：首次生成 · made at first', all, first)
    this.#check('包保清单：再次生成 · made again', 0, again)
    this.#check('包保清单：交办 · issued', all, funnel.issued)
  }

  async #expandAll(templates: readonly string[]): Promise<number> {
    let made = 0
    for (const id of templates) {
      const preview = await this.#office.post(`/api/task-templates/${id}/expansions/preview`)
      made += preview.made
      await this.#office.post(`/api/task-templates/${id}/expansions`, { token: preview.token })
    }
    return made
  }

  /** The stalls of a market in stages: the next is issued when the one before is signed off. */
  async rebuildMarket(): Promise<void> {
    const bookId = await this.#book('project', '农贸市场升级改造')
    const counted = { target: size.stalls, measure: '个摊位' }
    const first = await this.#task(bookId, { kind: 'stage', text: '摊位改造', ...counted })
    const second = await this.#task(bookId, { kind: 'stage', outline: '2', text: '水电验收', afterId: first })
    await this.#publish(bookId)
    await this.#move(this.#liaison, first, 'progress', { amount: 120 })
    await this.#move(this.#liaison, first, 'report', { amount: size.stalls })
    await this.#move(this.#office, first, 'pass')
    const { amounts } = await this.#office.get(`/api/books/${bookId}`)
    const { state } = await this.#office.get(`/api/tasks/${second}`)
    this.#check('市场改造：摊位 · stalls done', size.stalls, amounts[0].amount)
    this.#check('市场改造：下一阶段已交办 · next stage issued', 1, state === 'issued' ? 1 : 0)
  }

  /** Awarded, and revoked after a second look. */
  async award(): Promise<void> {
    const bookId = await this.#book('award', '文明楼院评选')
    const id = await this.#task(bookId, { kind: 'award', text: '申报文明楼院' })
    await this.#publish(bookId)
    await this.#move(this.#liaison, id, 'report')
    await this.#move(this.#office, id, 'pass', { until: '2028-03-01T00:00:00+08:00' })
    const awarded = await this.#office.get(`/api/tasks/${id}`)
    await this.#move(this.#office, id, 'reopen', { reason: '复查不合格，撤销称号' })
    const revoked = await this.#office.get(`/api/tasks/${id}`)
    const held = [awarded, revoked].filter(({ awardedUntil }) => awardedUntil !== null).length
    this.#check('文明楼院：命名后撤销 · awarded, then revoked', 1, held)
  }

  /** A notice with the figures of now, answered by one of three units; its figures stay. */
  async tell(): Promise<void> {
    const bookId = await this.#book('notice', '关于创城任务进展情况的通报', {
      documentNumber: '本文明办〔2026〕3号',
    })
    const replies: string[] = []
    for (const n of range(3))
      replies.push(
        await this.#task(bookId, {
          ...{ kind: 'reply', outline: `${n + 1}`, text: '书面回复整改措施' },
          ...{ unitId: this.#needs.unitIds[n], dueClass: 'workdays:3' },
        }),
      )
    const { version } = await this.#office.get(`/api/books/${bookId}`)
    const frozen = await this.#office.put(`/api/books/${bookId}/figures`, { by: 'unit' }, `"v${version}"`)
    await this.#publish(bookId)
    await this.#move(this.#liaison, replies[0] as string, 'report', { reason: '已制定措施' })
    await this.#move(this.#office, replies[0] as string, 'pass')
    const after = await this.#office.get(`/api/books/${bookId}`)
    this.#check(
      '通报：数据不变 · figures of the notice stay',
      frozen.figures.total.issued,
      after.figures.total.issued,
    )
    this.#check('通报：已回复 · replies signed off', 1, after.funnel.closed)
    const { total } = await this.#office.get('/api/task-figures?by=book')
    this.#check(
      '交办 = 未办结 + 销号 + 撤销 · issued adds up',
      total.issued,
      total.open + total.closed + total.cancelled,
    )
  }

  async carry(): Promise<void> {
    const plan = await this.#book('year_plan', '2027年度工作计划')
    const open = await this.#office.get(`/api/tasks?bookId=${this.#taskBook}&open=true&limit=5`)
    const body = {
      ...{ taskIds: open.items.map(({ id }: { id: string }) => id), dueOn: '2027-06-30' },
      reason: '列入明年工作计划',
    }
    const first = await this.#office.post(`/api/books/${plan}/carried-tasks`, body)
    const again = await this.#office.post(`/api/books/${plan}/carried-tasks`, body)
    this.#check('结转：首次和再次 · carried over, and again', 5, first.carried + again.carried)
  }
}
