/** A later slice adds its own kind of list: a register of tools with a table of its own, known to nobody in `src`. */
import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Judging,
  putAside,
  type Ref,
  refuse,
  type SheetRegister,
  unitOfRow,
} from '#modules/imports/index.ts'
import { headingsOf } from '#modules/imports/read/headings.ts'
import { units } from '#modules/organisation/schema.ts'
import { dialect, int, table, text } from '#platform/database/kit.ts'
import { connection } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import {
  aCsv,
  aWorkbook,
  committing,
  deciding,
  decisionsOf,
  downloading,
  importing,
  importOf,
  rowsOf,
} from '#test/support/factories/spreadsheets.ts'

const tools = table('test_tools', {
  id: text().primaryKey(),
  name: text().notNull(),
  pieces: int().notNull(),
  unitId: text().notNull(),
})

interface ToolPlan {
  id?: string
  name: string
  pieces: number
  unit: Ref
}

/** The changes of one commit: `before` is null for a new tool. */
type ToolChange = { id: string; before: { pieces: number; unitId: string } | null; pieces: number }

const words = { zh: '数量应大于零', en: 'There must be at least one' }

const toolsRegister: SheetRegister<ToolPlan[]> = {
  name: 'tools',
  permission: 'units.edit',
  lists: ['tools'],
  adds: (plan) => plan.length,
  sheets: {
    kinds: { tools: { all: ['toolName', 'toolCount'], uses: ['toolName', 'toolCount', 'unit', 'keeper'] } },
    fields: {
      toolName: { zh: '工具名称', en: 'Tool', also: ['器材名称'], read: 'line' },
      toolCount: { zh: '数量', en: 'Pieces', also: ['件数'], read: 'count' },
      keeper: { zh: '保管电话', en: 'Keeper’s number', also: [], read: 'phones' },
    },
    also: { unit: ['负责单位'] },
  },
  async judge(rows, scene) {
    const plan: ToolPlan[] = []
    if (!scene.gate.writes('tools')) putAside(rows, 'list.not_permitted')
    const known = new Map((await scene.db.select().from(tools)).map((tool) => [tool.name, tool]))
    for (const judging of rows) {
      const { toolName, toolCount } = (judging.row.entry.more ?? {}) as Record<string, unknown>
      if (judging.open && toolCount === 0)
        refuse(judging, 'toolCount', { code: 'tool.none', ...words }, { value: '0' })
      const unit = judging.open ? unitOfRow(judging, scene) : undefined
      if (!judging.open || !unit) continue
      plan.push(
        ...planned(judging, known.get(String(toolName)), {
          name: String(toolName),
          pieces: Number(toolCount),
          unit,
        }),
      )
    }
    return plan
  },
  *commit(plan, writing) {
    for (const { id, name, pieces, unit } of plan) {
      yield async (tx) => {
        const unitId = writing.idOf(unit)
        const [before] = id === undefined ? [] : await tx.select().from(tools).where(eq(tools.id, id))
        const change = { id: id ?? newId(), before: before ?? null, pieces }
        if (before) await tx.update(tools).set({ pieces, unitId }).where(eq(tools.id, before.id))
        else await tx.insert(tools).values({ id: change.id, name, pieces, unitId })
        return [[change]]
      }
    }
  },
  async assertUndo() {
    throw new DomainError('forbidden', 'changes.out_of_reach', 'Tools are of the whole city.')
  },
  async assertUnedited(db, piece) {
    for (const { id, pieces } of piece as ToolChange[]) {
      const [tool] = await db.select().from(tools).where(eq(tools.id, id))
      if (tool?.pieces !== pieces)
        throw new DomainError('conflict', 'changes.edited_since', 'A tool was edited since.')
    }
  },
  rowsOf: (piece) => ({ test_tools: (piece as ToolChange[]).map(({ id }) => id) }),
  async undo(tx, piece) {
    for (const { id, before, pieces } of piece as ToolChange[]) {
      const mine = and(eq(tools.id, id), eq(tools.pieces, pieces))
      const undone = before
        ? await tx.update(tools).set({ pieces: before.pieces, unitId: before.unitId }).where(mine).returning()
        : await tx.delete(tools).where(mine).returning()
      if (undone.length === 0)
        throw new DomainError('conflict', 'changes.edited_since', 'A tool was edited since.')
    }
  },
}

function planned(
  judging: Judging,
  tool: typeof tools.$inferSelect | undefined,
  stated: ToolPlan,
): ToolPlan[] {
  if (!tool) {
    judging.outcome = 'new'
    return [stated]
  }
  judging.target = { kind: 'tool', id: tool.id }
  if (tool.pieces === stated.pieces && tool.unitId === stated.unit) return []
  judging.raise('toolCount')
  return [{ ...stated, id: tool.id }]
}

let app: TestApp
let depot: { id: string }

beforeAll(async () => {
  app = await startApp({ registers: [toolsRegister as SheetRegister] })
  depot = await aUnit(app.db, { name: '市环境卫生处' })
  const create = sql`create table test_tools (id text primary key, name text not null, pieces integer not null,
    unit_id text not null references units (id))`
  await app.db.transaction(async (tx) => {
    const on = connection(tx) as unknown as Record<'run' | 'execute', (statement: SQL) => unknown>
    if (dialect === 'sqlite') on.run(create)
    else await on.execute(create)
    await tx.insert(tools).values([
      { id: newId(), name: '扫帚', pieces: 20, unitId: depot.id },
      { id: newId(), name: '编织袋', pieces: 500, unitId: depot.id },
    ])
  })
})

afterAll(() => app[Symbol.asyncDispose]())

const headings = ['工具名称', '数量', '负责单位', '保管电话']

const file = () =>
  aWorkbook({
    工具清单: [
      headings,
      ['铁锹', 120, '市应急管理局', '15400000001'],
      ['扫帚', 30, '市环境卫生处', null],
      ['编织袋', 500, '市环境卫生处', null],
      ['推雪板', 0, '市环境卫生处', null],
      ['手推车', 8, '森林公园管护站', null],
    ],
    单位: [
      ['单位名称', '单位性质'],
      ['市应急管理局', '机关'],
    ],
  })

/** The tools: name, pieces, unit. */
async function stock() {
  const rows = await app.db.read
    .select({ name: tools.name, pieces: tools.pieces, unit: units.name })
    .from(tools)
    .innerJoin(units, eq(units.id, tools.unitId))
    .orderBy(asc(tools.name))
  return rows.map(({ name, pieces, unit }) => `${name} ${pieces} ${unit}`).sort()
}

const before = ['扫帚 20 市环境卫生处', '编织袋 500 市环境卫生处']

test('a list of another slice is recognised, judged, asked about, committed and undone', async () => {
  const judged = await importing(app, [await file()])
  const [sheet] = judged.files[0].sheets
  expect([sheet.list, sheet.problem, sheet.unreadColumns]).toEqual(['tools', null, []])
  expect(judged.counts).toMatchObject({ new: 2, update: 1, unchanged: 1, error: 1, needs_decision: 1 })
  const rows = await rowsOf(app, judged.id, `kind=data&limit=200&sheetId=${sheet.id}`)
  expect(rows.map(({ values }) => values.more.toolName)).toEqual([
    '铁锹',
    '扫帚',
    '编织袋',
    '推雪板',
    '手推车',
  ])
  expect(rows[0].values.more.keeper).toEqual(['154****01'])
  expect(rows[1].target.kind).toBe('tool')
  expect(rows[3].problems).toEqual([
    {
      column: '数量',
      index: 1,
      field: 'toolCount',
      value: '0',
      code: 'tool.none',
      reason: words.zh,
      line: null,
    },
  ])

  const [question] = await decisionsOf(app, judged.id)
  expect(question).toMatchObject({ kind: 'unit', name: '森林公园管护站', mayCreate: true, rows: 1 })
  const decided = await deciding(app, judged.id, {
    decisions: [{ decisionId: question.id, answer: 'create' }],
  })
  expect(decided.counts).toMatchObject({ new: 3, update: 1, unchanged: 1, error: 1, needs_decision: 0 })
  expect(await stock()).toEqual(before)

  expect((await committing(app, judged.id)).state).toBe('committed')
  expect(await stock()).toEqual(
    [
      '手推车 8 森林公园管护站',
      '扫帚 30 市环境卫生处',
      '编织袋 500 市环境卫生处',
      '铁锹 120 市应急管理局',
    ].sort(),
  )
  const undo = () => app.as('city_office').delete(`/api/imports/${judged.id}/commit`)
  const edit = (pieces: number) =>
    app.db.transaction((tx) => tx.update(tools).set({ pieces }).where(eq(tools.name, '铁锹')))
  await edit(119)
  expect((await undo()).body.code).toBe('changes.edited_since')
  await edit(120)
  expect((await undo()).body.state).toBe('undone')
  expect(await stock()).toEqual(before)
  const brought = ['市应急管理局', '森林公园管护站']
  expect(await app.db.read.select().from(units).where(inArray(units.name, brought))).toEqual([])
})

test('its error sheet keeps the headings, says its own reasons, and is read again', async () => {
  const judged = await importing(app, [await aWorkbook([headings, ['推雪板', 0, '市环境卫生处', null]])])
  const { body } = await downloading(app, `/api/imports/${judged.id}/errors.xlsx`)
  const again = await importing(app, [{ name: '错误表.xlsx', bytes: body }])
  const [sheet] = again.files[0].sheets
  expect(sheet.columns.map(({ heading }: { heading: string }) => heading)).toEqual(headings)
  expect([sheet.list, again.counts.error]).toEqual(['tools', 1])
})

test('its headings can be said by hand; a list or a field that nobody reads is refused', async () => {
  const judged = await importing(app, [aCsv('甲,乙,丙\n铁镐,5,市环境卫生处\n')])
  const [sheet] = judged.files[0].sheets
  const columns = (count: string) => ['toolName', count, 'unit'].map((field, index) => ({ index, field }))
  const say = async (list: string, count: string) => {
    const { body } = await app
      .as('city_office')
      .put(`/api/imports/${judged.id}/sheets/${sheet.id}/headings`)
      .set('If-Match', `"v${sheet.version}"`)
      .send({ list, headingLine: 1, columns: columns(count) })
    return body.code ?? body.state
  }
  expect(await say('boats', 'toolCount')).toBe('list.unknown')
  expect(await say('tools', 'masts')).toBe('heading.unknown')
  expect(await say('tools', 'toString')).toBe('heading.unknown')
  expect(await say('tools', 'toolCount')).toBe('judging')
  await app.settled()
  expect((await importOf(app, judged.id)).counts).toMatchObject({ new: 1, unchanged: 0, error: 0 })
})

test('without its permission its rows are skipped, and say so', async () => {
  const keeper = await app.signIn({ role: 'unit_administrator', unitId: depot.id })
  const list = await aWorkbook([headings, ['铁锹', 5, '市环境卫生处', null]])
  const judged = await importing(app, [list], keeper)
  expect(judged.counts).toMatchObject({ skipped: 1, new: 0 })
  expect(judged.remarks.map(({ code }: { code: string }) => code)).toEqual(['list.not_permitted'])
})

test('its undo is refused where the register says that the change is out of reach', async () => {
  const office = await app.signIn({ role: 'district_office', districtCode: '210502' })
  const list = await aWorkbook([headings, ['铁锹', 5, '市环境卫生处', null]])
  const { id } = await importing(app, [list], office)
  await committing(app, id, office)
  const refused = await app.as(office).delete(`/api/imports/${id}/commit`)
  expect(refused).toMatchObject({ status: 403, body: { code: 'changes.out_of_reach' } })
  expect((await app.as('city_office').delete(`/api/imports/${id}/commit`)).body.state).toBe('undone')
  expect(await stock()).toEqual(before)
})

test('a register whose heading or field is known with another meaning is refused', () => {
  const bringing = (sheets: SheetRegister['sheets']) => () => headingsOf([toolsRegister, { sheets }])
  expect(bringing({ kinds: {}, also: { team: ['单位'] } })).toThrow('the heading 单位 is of unit')
  const own = { zh: '甲', en: 'A', also: [], read: 'line' } as const
  expect(bringing({ kinds: {}, fields: { team: own } })).toThrow('two registers bring team')
  expect(bringing({ kinds: {}, fields: { boat: { ...own, zh: '数量' } } })).toThrow(
    'the heading 数量 is of toolCount',
  )
})
