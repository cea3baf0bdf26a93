/** People in every state that the page behind a personal link can show. */
import { Client, until } from '../../../scripts/day/client.ts'
import { signIn, telephones } from '../../../scripts/day/offices.ts'
import type { RunningService } from '../../../scripts/day/server.ts'
import { administratorOf, officeOf } from './officers.ts'

export type Links = Record<string, { path: string; says: string }>

const tomorrow = ['2026-03-05T13:30:00+08:00', '2026-03-05T17:30:00+08:00'] as const
const open = ['2026-03-04T12:30:00+08:00', '2026-03-04T17:30:00+08:00'] as const
const short = ['2026-03-04T12:20:00+08:00', '2026-03-04T12:45:00+08:00'] as const
type Period = typeof tomorrow | typeof open | typeof short

interface Invited {
  token: string
  personId: string
  participationId: string
  assignmentId: string
  shiftId: string
}

class Town {
  readonly #service: RunningService
  client: Client
  #unitId = ''
  #teamId = ''
  #inCharge = ''
  #people = 0
  #stranger: Client

  constructor(service: RunningService, client: Client) {
    this.#service = service
    this.client = client
    this.#stranger = client.as(undefined)
  }

  async event(name: string): Promise<string> {
    this.#unitId ||= (
      await this.client.post('/api/units', { name: '本溪满族自治县住房和城乡建设局', kind: 'government' })
    ).id
    const { id } = await this.client.post('/api/events', {
      name,
      organiserUnitId: this.#unitId,
      timeZone: 'Asia/Shanghai',
      startsAt: '2026-03-04T11:00:00+08:00',
      endsAt: '2026-03-05T18:00:00+08:00',
    })
    return id
  }

  async team(kind: 'class' | 'team'): Promise<string> {
    const school = { name: '本溪市实验小学', kind: 'school' }
    const unitId = kind === 'class' ? (await this.client.post('/api/units', school)).id : this.#unitId
    const name = kind === 'class' ? '三年1班' : '住房和城乡建设系统学雷锋先锋志愿服务队'
    const { id } = await this.client.post('/api/teams', { name, unitId, kind })
    if (kind !== 'class') this.#teamId = id
    return id
  }

  async shift(eventId: string, [startsAt, endsAt]: Period, more: object = {}): Promise<string> {
    const at = ++this.#people
    const zone = await this.client.post('/api/zones', {
      name: `平山区站前街道解放北路及两侧背街${at}`,
      kind: 'street',
      minorsSuitable: true,
      centre: { latitude: 41.29, longitude: 123.76 },
    })
    this.#inCharge ||= (await this.person({ name: '王主任' })).id
    const { id } = await this.client.post(`/api/events/${eventId}/shifts`, {
      ...{ zoneId: zone.id, startsAt, endsAt, work: '清理小广告、清除卫生死角', min: 1, target: 9, max: 20 },
      ...{
        meetingPoint: '站前广场东侧公交站牌下',
        tools: '铲刀、水桶、抹布',
        toolsBroughtBy: '区城市管理局',
      },
      ...{
        risks: '注意过往车辆，不要攀爬电线杆',
        insurance: '志愿者团体意外险',
        inChargePersonId: this.#inCharge,
      },
      ...{ recordable: true, minorsAllowed: true, ...more },
    })
    return id
  }

  /** Of the team of volunteers, or a pupil of a class. */
  async person({ name, ...more }: { name: string; guardian?: string; teamId?: string; role?: string }) {
    const phone = more.guardian ?? `1540000${String(++this.#people).padStart(4, '0')}`
    const relation = more.guardian ? 'guardian' : 'own'
    const contact = { kind: 'phone', value: phone, relation, ...(more.guardian && { ownerName: '张建国' }) }
    const role = more.guardian ? 'pupil' : (more.role ?? 'member')
    const { id } = await this.client.post('/api/persons', {
      name,
      contacts: [contact],
      ...(more.guardian ? { birthDate: '2015-05-01' } : {}),
      memberships: [{ teamId: more.teamId ?? this.#teamId, role }],
    })
    return { id, phone }
  }

  place(shiftId: string, personId: string) {
    return this.client.put(`/api/shifts/${shiftId}/assignments/${personId}`, {})
  }

  /** Opens the newest message on a telephone; that of several children has several links. */
  async links(kind: string, phone: string): Promise<string[]> {
    const newest = async () => telephones(this.#service, kind).findLast(({ to }) => to.endsWith(phone))
    const text = (await until(newest, Boolean, 120))?.text ?? ''
    return [...text.matchAll(/\/c\/([0-9A-Z]{12})/g)].map(([, token]) => token as string)
  }

  async of(token: string): Promise<Pick<Invited, 'assignmentId'>> {
    const { assignments } = await this.#stranger.get(`/api/c/${token}`)
    return { assignmentId: assignments[0].id }
  }

  answer(token: string, answer: 'accepted' | 'declined') {
    return this.#stranger.put(`/api/c/${token}/answer`, { answer })
  }

  async checkIn(token: string): Promise<void> {
    const { assignmentId } = await this.of(token)
    await this.#stranger.put(`/api/c/${token}/assignments/${assignmentId}/check-in`, {
      operationId: `in-${token}`,
    })
  }

  async asksLate(token: string): Promise<string> {
    const { assignmentId } = await this.of(token)
    const asked = { operationId: `late-${token}`, reason: '在场，手机没电了' }
    return (await this.#stranger.put(`/api/c/${token}/assignments/${assignmentId}/late-entry`, asked))
      .id as string
  }

  end(token: string) {
    return this.#stranger.must('DELETE', `/api/c/${token}`)
  }
}

const names = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

/** Plays a small day until every state is there; the clock of the service stands at 12:46 then. */
export async function linksOfEveryState(service: RunningService): Promise<Links> {
  const stranger = new Client(service.url)
  const administrator = await administratorOf(service)
  const account = await officeOf(service)
  const town = new Town(service, await signIn(stranger, account))
  const to = async (now: string) => {
    await (await signIn(stranger, administrator)).put('/api/clock', { now })
    town.client = await signIn(stranger, account)
  }
  const eventId = await town.event('“弘扬雷锋精神 共建文明本溪”学雷锋志愿服务')
  const cancelledId = await town.event('植树节义务植树')
  await town.team('team')
  const classId = await town.team('class')
  let at = 0
  const invited = new Map<string, { phone: string; shiftId: string; id: string }>()
  const placed = async (state: string, shiftId: string) => {
    const name = `欧阳${names[at % 10]}${names[Math.floor(at++ / 10)]}`
    const { id, phone } = await town.person({ name })
    await town.place(shiftId, id)
    invited.set(state, { phone, shiftId, id })
  }
  const later = await town.shift(eventId, tomorrow)
  const moves = await town.shift(eventId, tomorrow)
  const off = await town.shift(eventId, tomorrow)
  const now = await town.shift(eventId, open)
  const ending = await town.shift(eventId, short)
  for (const state of ['unanswered', 'accepted', 'declined', 'excused', 'dead', 'not-mine'])
    await placed(state, later)
  await placed('moved', moves)
  await placed('cancelled', off)
  for (const state of ['open', 'open-accepted', 'here', 'refused']) await placed(state, now)
  for (const state of ['left', 'over', 'not-out', 'late-pending', 'late-refused']) await placed(state, ending)
  await placed('event-cancelled', await town.shift(cancelledId, tomorrow))

  const teacher = await town.person({ name: '李老师', teamId: classId, role: 'teacher' })
  const family = async (shiftId: string, ...children: string[]) => {
    const guardian = `1540001${String(++at).padStart(4, '0')}`
    for (const name of children) {
      const { id } = await town.person({ name, guardian, teamId: classId })
      await town.place(shiftId, id)
    }
    return guardian
  }
  await town.place(later, teacher.id)
  await town.place(ending, teacher.id)
  const families = {
    'child-unanswered': await family(later, '张小语'),
    'child-accepted': await family(later, '张小雨'),
    'child-declined': await family(later, '张小宇'),
    'child-over': await family(ending, '张小羽'),
    children: await family(later, '王小一', '王小二'),
  }
  for (const id of [eventId, cancelledId]) await town.client.put(`/api/events/${id}/publication`, {})

  const tokens: Record<string, string> = {}
  for (const [state, { phone }] of invited)
    tokens[state] = (await town.links('invitation', phone))[0] as string
  for (const [state, phone] of Object.entries(families))
    tokens[state] = (await town.links('guardian_invitation', phone))[0] as string
  const token = (state: string) => tokens[state] as string
  for (const state of ['accepted', 'moved', 'open-accepted', 'child-accepted'])
    await town.answer(token(state), 'accepted')
  for (const state of ['declined', 'child-declined']) await town.answer(token(state), 'declined')
  await town.client.put(`/api/assignments/${(await town.of(token('excused'))).assignmentId}/excusal`)
  await town.end(token('dead'))
  const shift = await town.client.send('GET', `/api/shifts/${moves}`)
  await town.client.must('PATCH', `/api/shifts/${moves}`, {
    body: { startsAt: '2026-03-05T14:30:00+08:00' },
    headers: { 'if-match': shift.etag as string },
  })
  await town.client.put(`/api/shifts/${off}/cancellation`, { reason: '施工封路' })
  const event = await town.client.send('GET', `/api/events/${cancelledId}`)
  await town.client.put(`/api/events/${cancelledId}/cancellation`, { reason: '因雨' }, event.etag)
  for (const state of ['here', 'not-out', 'left']) await town.checkIn(token(state))
  await to('2026-03-04T12:40:00+08:00')
  const { assignmentId } = await town.of(token('left'))
  await stranger.put(`/api/c/${token('left')}/assignments/${assignmentId}/check-out`, {
    operationId: 'out-left-early',
  })
  await to('2026-03-04T12:46:00+08:00')
  await town.asksLate(token('late-pending'))
  const refusedId = await town.asksLate(token('late-refused'))
  await town.client.put(`/api/late-entries/${refusedId}/decision`, {
    approved: false,
    reason: '当天未见到本人',
  })

  // The one who left is first: what they may undo, they may for ten minutes.
  const says: Record<string, string> = {
    left: '撤销签退',
    unanswered: '请确认能否参加',
    accepted: '您已确认参加',
    declined: '已登记：您不能参加',
    excused: '已登记：您已请假',
    dead: '链接已失效',
    'not-mine': '请确认能否参加',
    moved: '岗位有变更（原为',
    cancelled: '已取消（原因：施工封路），请不要前往。',
    open: '我到了，签到',
    'open-accepted': '我到了，签到',
    here: '已签到12:',
    refused: '我到了，签到',
    over: '申请补录',
    'not-out': '服务时长由队长核定',
    'late-pending': '补录申请已提交，待审核。',
    'late-refused': '补录申请未通过：当天未见到本人',
    'event-cancelled': '活动已取消（原因：因雨）',
    'child-unanswered': '请家长确认是否同意孩子参加',
    'child-accepted': '已确认参加',
    'child-declined': '已登记：孩子不参加',
    'child-over': '本班次已结束',
    children: '王*二',
  }
  const links = Object.fromEntries(
    Object.entries(says).map(([state, text]) => [state, { path: `/c/${token(state)}`, says: text }]),
  )
  return {
    ...links,
    unknown: { path: '/c/ZZZZZZZZZZZZ', says: '链接无效或不完整' },
    correction: { path: `/c/${token('unanswered')}/correction`, says: '姓名' },
    'child-correction': { path: `/c/${token('child-unanswered')}/correction`, says: '家长的正确手机号' },
    data: { path: `/c/${token('unanswered')}/data`, says: '登记单位' },
    'child-data': { path: `/c/${token('child-unanswered')}/data`, says: '孩子姓名' },
    home: { path: '/', says: '志愿者入口' },
  }
}
