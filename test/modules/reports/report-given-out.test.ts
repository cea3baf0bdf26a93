import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { participations } from '#modules/mobilization/schema.ts'
import { instantFrom } from '#platform/time.ts'
import { anOutcome } from '#test/support/factories/reports.ts'
import { app, aReportedDay, day, people, report } from './report-ground.ts'

aReportedDay()

const seventeen = instantFrom('2026-03-04T17:00:00+08:00')

describe('given out', () => {
  test('as a workbook whose sheets are the breakdowns', async () => {
    const reply = await app
      .as('city_office')
      .get(`/api/events/${day.eventId}/report.xlsx`)
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => done(null, Buffer.concat(chunks)))
      })
    expect(reply.status).toBe(200)
    expect(reply.headers['content-disposition']).toBe(
      `attachment; filename="rehearsal-report.xlsx"; filename*=UTF-8''${encodeURIComponent('演练-学雷锋志愿服务日-统计表-20260304.xlsx')}`,
    )
    const files = unzipSync(reply.body as Buffer)
    const text = (part: string) => Buffer.from(files[part] as Uint8Array).toString('utf8')
    const workbook = text('xl/workbook.xml')
    expect([...workbook.matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name]) => name)).toEqual([
      '快报',
      '总表',
      '按县区',
      '按区域类型',
      '按单位',
      '按主管单位',
      '口径说明',
    ])
    expect(workbook).toContain(
      `<definedName name="_xlnm.Print_Titles" localSheetId="4">'按单位'!$1:$1</definedName>`,
    )
    for (const at of [1, 2, 3, 4, 5, 6, 7]) {
      expect(text(`xl/worksheets/sheet${at}.xml`)).toMatch(
        /<pageSetUpPr fitToPage="1"\/>.*<pageSetup [^>]*fitToWidth="1" fitToHeight="0"[^>]*orientation="landscape"/s,
      )
    }
    expect(text('xl/sharedStrings.xml')).toContain('【快报】3月4日下午')
  })

  test('as a bulletin that says who came, without hours during a shift', async () => {
    const get = async (language: string, at: string) => {
      const cutOffAt = encodeURIComponent(`2026-03-04T${at}+08:00`)
      const url = `/api/events/${day.eventId}/bulletin?language=${language}&cutOffAt=${cutOffAt}`
      return (await app.as('city_office').get(url).expect(200)).body.text
    }
    const came =
      '1家单位、1支志愿服务队和1所学校的志愿者、师生共4人到岗，另清点未实名师生28人，在2个网格2个岗位开展清扫、清理小广告服务'
    expect(await get('zh', '18:00:00')).toBe(
      [
        `【快报】3月4日下午，我市开展学雷锋志愿服务日活动。截至18时，${came}，累计9小时。`,
        '',
        '附：组织情况',
        '共安排10人次（10人），到岗4人次（4人），到岗率40.0%。',
        '到岗按核验方式：现场核验（A）0、队长点名（B）1、本人签到（C）3、补录（D）0人次；提前1、准时2、晚到1人次。',
        '缺席2、未答复1（其中待审核补录1）、不能参加1、请假1、取消1人次。',
        '另清点未实名28人（其中成人2人），随行5人，不计入人次和时长。',
        '发送消息0条：无。',
      ].join('\n'),
    )
    expect((await get('zh', '17:00:00')).split('\n')[0]).toBe(
      `【快报】3月4日下午，我市开展学雷锋志愿服务日活动。截至17时，${came}。`,
    )
    expect((await get('zh', '12:00:00')).split('\n')[0]).toBe(
      '【快报】3月4日下午，我市开展学雷锋志愿服务日活动。截至12时，暂无到岗记录。',
    )
    expect((await get('en', '18:00:00')).split('\n')[0]).toBe(
      'Bulletin. On 4 March, 学雷锋志愿服务日 took place. By 18:00, 4 people of 1 units, 1 teams, 1 schools had arrived, and 28 more were counted without names, at 2 shifts in 2 zones, 9 hours in all.',
    )
  })

  test('as a snapshot that never changes, with its cut-off and definitions', async () => {
    const city = app.as('city_office')
    const taken = await city
      .post(`/api/events/${day.eventId}/report-snapshots`)
      .set('Idempotency-Key', 'press-17-00')
      .send({ title: '17:00 快报', cutOffAt: seventeen.toISO() })
      .expect(201)
    expect(taken.body).toMatchObject({
      title: '17:00 快报',
      cutOffAt: '2026-03-04T09:00:00.000Z',
      total: { arrived: 4 },
    })
    expect(taken.body.report.definitions.arrived.meaning.zh).toMatch(/已签到/)
    await anOutcome(app.db, people.absent!.assignmentId, {
      arrived: { checkInAt: seventeen.minus({ minutes: 1 }), timing: 'late' },
    })
    const again = await city.get(`/api/report-snapshots/${taken.body.id}`).expect(200)
    expect(again.body).toEqual(taken.body)
    const repeated = await city
      .post(`/api/events/${day.eventId}/report-snapshots`)
      .set('Idempotency-Key', 'press-17-00')
      .send({ title: '17:00 快报', cutOffAt: seventeen.toISO() })
    expect(repeated.body.id).toBe(taken.body.id)
    const list = await city.get(`/api/events/${day.eventId}/report-snapshots`).expect(200)
    expect(list.body.items.map(({ id }: { id: string }) => id)).toEqual([taken.body.id])
    await city.get(`/api/report-snapshots/${taken.body.id}/report.xlsx`).expect(200)
  })

  test('snapshots hold the whole event, so a part of it neither takes nor reads one', async () => {
    const district = app.as(await app.signIn({ role: 'district_office', districtCode: '210503' }))
    const reply = await district.post(`/api/events/${day.eventId}/report-snapshots`).send({})
    expect([reply.status, reply.body.code]).toEqual([403, 'access.out_of_reach'])
    await district.get(`/api/events/${day.eventId}/report-snapshots`).expect(403)
  })
})

test('the report names no person', async () => {
  const { text } = await report().expect(200)
  const all = await app.db.read.select({ personId: participations.personId }).from(participations)
  for (const { personId } of all) expect(text).not.toContain(personId)
})
