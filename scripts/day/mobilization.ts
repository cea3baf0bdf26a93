/** The steps from no event to a published event: shifts, quotas, reserved places, a person in charge of every shift. */
import { type Client, crowd, until } from './client.ts'
import type { Register } from './preparations.ts'
import { phase } from './progress.ts'

interface Zone {
  id: string
  code: string
  kind: string
  minorsSuitable: boolean
}

const day = '2026-03-04'
const timeOnDay = (time: string) => `${day}T${time}:00+08:00`
const windows = {
  afternoon: { startsAt: timeOnDay('13:30'), endsAt: timeOnDay('17:30') },
  first: { startsAt: timeOnDay('13:30'), endsAt: timeOnDay('15:30') },
  second: { startsAt: timeOnDay('15:30'), endsAt: timeOnDay('17:30') },
}

const insurance = '市文明办统一投保志愿者人身意外伤害保险'
/**
 * The work by kind of zone: each entry makes one shift for every zone of its kinds and every time, from its template.
 */
const workTemplates = [
  {
    kinds: ['street', 'back_street'],
    times: [windows.afternoon],
    template: {
      work: '清除灯杆、站亭、墙面小广告',
      min: 12,
      target: 28,
      max: 44,
      minorsAllowed: false,
      tools: '铲刀、喷壶、手套',
      toolsBroughtBy: '区城管局',
      risks: '临近机动车道，请穿反光背心，不要进入车道',
      insurance,
    },
  },
  {
    kinds: ['market', 'station'],
    times: [windows.afternoon],
    template: {
      work: '文明引导、整理共享单车',
      min: 12,
      target: 28,
      max: 44,
      minorsAllowed: false,
      skills: [{ skill: '应急救护', min: 1 }],
      risks: '人流密集，注意随身物品',
      insurance,
    },
  },
  {
    kinds: ['community', 'compound'],
    times: [windows.first, windows.second],
    template: {
      work: '清理卫生死角、楼道杂物',
      min: 8,
      target: 20,
      max: 32,
      minorsAllowed: true,
      tools: '扫帚、垃圾袋',
    },
  },
  {
    kinds: ['park', 'square', 'school_surroundings'],
    times: [windows.first, windows.second],
    template: {
      work: '养护绿地、捡拾垃圾',
      min: 8,
      target: 20,
      max: 32,
      minorsAllowed: true,
      tools: '垃圾夹、手套',
    },
  },
] as const

/** Creates the event and all its shifts; each batch of shifts is previewed for conflicts first. */
export async function openEvent(
  office: Client,
  organiserUnitId: string,
  zones: readonly Zone[],
): Promise<{ id: string; shifts: number }> {
  return phase(
    '开设活动与岗位班次 · the event and its shifts',
    workTemplates.length * 2,
    async (bar) => {
      const campaign = await office.post(
        '/api/campaigns',
        { name: '2026 年学雷锋志愿服务月', startsOn: '2026-03-01', endsOn: '2026-03-31' },
        'campaign',
      )
      const event = await office.post(
        '/api/events',
        {
          name: '学雷锋纪念日全城志愿服务',
          theme: '弘扬雷锋精神 共建文明本溪',
          campaignId: campaign.id,
          organiserUnitId,
          timeZone: 'Asia/Shanghai',
          ...windows.afternoon,
        },
        'event',
      )
      let shifts = 0
      for (const [n, { kinds, times, template }] of workTemplates.entries()) {
        const zoneIds = zones
          .filter(({ kind }) => (kinds as readonly string[]).includes(kind))
          .map(({ id }) => id)
        const spec = { zoneIds, times, template: { ...template, meetingPoint: '网格入口集结旗下' } }
        const preview = await office.post(`/api/events/${event.id}/shift-batches/preview`, spec)
        if (preview.conflicts.length > 0)
          throw new Error(`a batch of shifts has conflicts: ${JSON.stringify(preview.conflicts[0])}`)
        bar.step()
        const batch = await office.post(`/api/events/${event.id}/shift-batches`, spec, `batch-${n}`)
        shifts += batch.made
        bar.step()
      }
      return { id: event.id as string, shifts }
    },
    ({ shifts }) => `${shifts} 个班次 · shifts`,
  )
}

/** Sets the quota of every unit to the number of people in its teams; every unit pledges its full quota. */
export async function askUnits(office: Client, eventId: string, { teams }: Register): Promise<void> {
  await phase('向单位征集人数 · quotas', 1, async () => {
    const quotas = [...Map.groupBy(teams, ({ unitId }) => unitId)].map(([unitId, own]) => ({
      unitId,
      asked: own.reduce((sum, { members, heads }) => sum + Math.max(members, heads), 0),
    }))
    await office.put(`/api/events/${eventId}/quotas`, { quotas })
    const asked: { id: string; asked: number }[] = []
    for await (const quota of office.all(`/api/events/${eventId}/quotas`)) asked.push(quota)
    await crowd(asked, 16, async ({ id, asked: pledged }) => {
      await office.put(`/api/quotas/${id}/pledge`, { pledged })
    })
  })
}

/** A class that is known by numbers only (no names), with its reserved places in one shift. */
export interface Group {
  allotmentId: string
  heads: number
  minors: number
}

/** Reserves places in the same district for classes that reported only numbers, no names. */
export async function reserveForSchools(
  office: Client,
  eventId: string,
  { teams, units, zones }: Register,
): Promise<Group[]> {
  const classes = teams.filter(({ heads, members }) => heads > 0 && members === 0)
  const districtOf = new Map([...units.values()].map(({ id, districtCode }) => [id, districtCode]))
  const groups: Group[] = []
  const used = new Set<string>()
  await phase('为只报人数的班级预留岗位 · places for classes without names', classes.length, async (bar) => {
    for (const { id, unitId, heads, minors } of classes) {
      const near = zones.filter(
        (zone) => zone.minorsSuitable && zone.districtCode === districtOf.get(unitId) && !used.has(zone.id),
      )
      const zone = near[0] as Register['zones'][number]
      used.add(zone.id)
      const { items } = await office.get(`/api/events/${eventId}/shifts?zoneId=${zone.id}`)
      // A class is split over the two shifts of its zone; each half has its own teachers.
      for (const [n, shift] of (items as { id: string }[]).entries()) {
        const half = (whole: number) => (n === 0 ? Math.ceil(whole / 2) : Math.floor(whole / 2))
        const body = { heads: half(heads), minors: half(minors), pinned: true }
        const { id: allotmentId } = await office.put(`/api/shifts/${shift.id}/allotments/${id}`, body)
        groups.push({ allotmentId, heads: body.heads, minors: body.minors })
      }
      bar.step()
    }
  })
  return groups
}

/** Teachers count who came, for classes without names. Returns the total count. */
export async function countGroups(office: Client, groups: readonly Group[]): Promise<number> {
  let counted = 0
  await phase('清点只报人数的班级 · classes without names are counted', groups.length, async (bar) => {
    for (const [n, { allotmentId, heads, minors }] of groups.entries()) {
      const missing = n % 3 === 0 ? 1 : 0
      const present = heads - missing
      await office.put(`/api/allotments/${allotmentId}/group-count`, {
        operationId: `group-${allotmentId}`,
        present,
        adults: heads - minors,
        companions: n % 4,
      })
      counted += present
      bar.step()
    }
  })
  return counted
}

/**
 * Makes the leader of the largest team of each shift its person in charge, which publishing requires. Returns the
 * number of shifts.
 */
export async function nameInCharge(office: Client, eventId: string, { teams }: Register): Promise<number> {
  const leaderOfTeam = new Map(
    teams.flatMap(({ id, leaderId }) => (leaderId ? [[id, leaderId] as const] : [])),
  )
  const shifts: { id: string; version: number }[] = []
  for await (const shift of office.all(`/api/events/${eventId}/shifts`)) shifts.push(shift)
  const allLeaders = [...leaderOfTeam.values()]
  await phase('确定现场负责人 · somebody in charge of every shift', shifts.length, async (bar) => {
    await crowd(shifts, 16, async ({ id, version }, n) => {
      const allotments = (await office.get(`/api/events/${eventId}/allotments?shiftId=${id}&limit=200`))
        .items as {
        team: { id: string }
        heads: number
      }[]
      const largest = allotments
        .sort((a, b) => b.heads - a.heads)
        .find(({ team }) => leaderOfTeam.has(team.id))
      const inChargePersonId =
        (largest && leaderOfTeam.get(largest.team.id)) ?? allLeaders[n % allLeaders.length]
      await office.must('PATCH', `/api/shifts/${id}`, {
        body: { inChargePersonId },
        headers: { 'if-match': `"v${version}"` },
      })
      bar.step()
    })
  })
  return shifts.length
}

/** Publishes the event and waits until all invitations are delivered or failed. */
export async function publish(office: Client, eventId: string): Promise<void> {
  const check = await office.get(`/api/events/${eventId}/publication-check`)
  if (!check.ready) throw new Error(`the event cannot be published: ${JSON.stringify(check.problems)}`)
  await office.put(`/api/events/${eventId}/publication`, {})
  await delivered(office, eventId, 'invitation', '发布并发送邀请短信 · publishing and inviting')
}

export interface Totals {
  written: number
  byState: Record<string, number>
  kinds: { kind: string; written: number; byState: Record<string, number> }[]
}

/** Waits, with a progress bar, until no message of this kind is pending, to volunteers or to parents. */
export async function delivered(
  office: Client,
  eventId: string,
  kind: 'invitation' | 'reminder',
  label: string,
): Promise<void> {
  // Messages to parents have their own kind, because their text is different.
  const ofKind = (totals: Totals | undefined) =>
    totals?.kinds.filter((each) => [kind, `guardian_${kind}`].includes(each.kind)) ?? []
  const pending = (totals: Totals | undefined) =>
    ofKind(totals).reduce((sum, { byState: { queued = 0, sending = 0, accepted = 0 } }) => {
      return sum + queued + sending + accepted
    }, 0)
  const written = (totals: Totals | undefined) => ofKind(totals).reduce((sum, each) => sum + each.written, 0)
  await phase(
    label,
    100,
    (bar) =>
      until(
        async () => {
          const totals = (await office.get(`/api/events/${eventId}/message-totals`)) as Totals
          bar.step(100 * (1 - pending(totals) / Math.max(1, written(totals))))
          return totals
        },
        (totals) => written(totals) > 0 && pending(totals) === 0,
        90,
      ),
    (totals) => `${written(totals).toLocaleString('en')} 条 · messages`,
  )
}
