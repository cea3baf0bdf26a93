/**
 * Whatever the layout, everybody comes back with exactly their own numbers, or the sheet waits: never wrong in silence.
 * `npm run test:lists` draws 5,000 tables; the suite draws some of them.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Cell, Merge } from '#platform/files/cells.ts'
import { type ListGiven, merged, reads } from '#test/support/factories/lists.ts'

const runs = Number(process.env.LIST_RUNS ?? 200)

interface Person {
  name: string
  phone: string | null
  guardian: string
  guardianPhone: string
  className: string
  unit: string
}

interface Drawn {
  rows: Cell[][]
  given?: ListGiven
  /** What of a person the layout says. */
  says: readonly (keyof Person)[]
}

const letter = fc.constantFrom(...'伟芳娜敏静丽强磊军洋勇艳杰涛明超')
const surname = fc.constantFrom(...'张王李赵钱孙周吴郑陈', '欧阳', '司马')
const personName = fc
  .tuple(surname, letter, fc.option(letter, { nil: '' }))
  .map(([first, second, third]) => first + second + third)
const dotted = fc.constantFrom('买买提·艾力', '阿依古丽·吐尔逊', '卓玛·扎西')
const number = fc.integer({ min: 0, max: 99_999_999 }).map((n) => `139${String(n).padStart(8, '0')}`)
const className = fc
  .tuple(fc.constantFrom('一', '三', '五', '六'), fc.integer({ min: 1, max: 8 }))
  .map(([grade, n]) => `${grade}年级${n}班`)

const person: fc.Arbitrary<Person> = fc.record({
  name: fc.oneof({ weight: 9, arbitrary: personName }, { weight: 1, arbitrary: dotted }),
  phone: fc.option(number, { nil: null, freq: 6 }),
  guardian: personName,
  guardianPhone: number,
  className,
  unit: fc.constantFrom('市住建局', '市教育局', '市水务局'),
})
const people = fc.array(person, { minLength: 1, maxLength: 7 })

const written = (phone: string | null, manner: number): Cell =>
  phone === null
    ? null
    : [phone, Number(phone), `${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}`, `+86-${phone}`][
        manner % 4
      ]!

type Layout = (all: readonly Person[], manner: number) => Drawn

const titled = (manner: number, rows: Cell[][]): Cell[][] =>
  manner % 2 === 0 ? [['学雷锋活动名单'], ...rows] : rows
const down = (merges: Merge[], by: number): Merge[] =>
  merges.map(({ top, bottom, ...others }) => ({ ...others, top: top + by, bottom: bottom + by }))

/** Groups of neighbours that are alike in something: for merged cells, ditto marks, sheets and dividing lines. */
function alike<K extends keyof Person>(all: readonly Person[], key: K): Person[] {
  return all.map((each) => ({ ...each, [key]: all[0]![key] }))
}

const layouts: Record<string, Layout> = {
  plain: (all, m) => ({
    rows: titled(m, [
      ['序号', '姓名', '联系电话', '单位'],
      ...all.map((p, at) => [at + 1, p.name, written(p.phone, m + at), p.unit]),
    ]),
    says: ['name', 'phone', 'unit'],
  }),
  blocks: (all, m) => {
    const half = Math.ceil(all.length / 2)
    const rows = all.slice(0, half).map((left, at): Cell[] => {
      const right = all[at + half]
      return [left.name, written(left.phone, m), ...(right ? [right.name, written(right.phone, m)] : [])]
    })
    return { rows: titled(m, [['姓名', '电话', '姓名', '电话'], ...rows]), says: ['name', 'phone'] }
  },
  threeBlocks: (all) => {
    const third = Math.ceil(all.length / 3)
    const rows = all.slice(0, third).map((_, at): Cell[] =>
      [0, 1, 2].flatMap((n): Cell[] => {
        const one = all[at + n * third]
        return one ? [at + 1 + n * third, one.name, one.phone] : [null, null, null]
      }),
    )
    const head = ['序号', '姓名', '手机号']
    return { rows: [[...head, ...head, ...head], ...rows], says: ['name', 'phone'] }
  },
  guardianBehind: (all, m) => ({
    rows: titled(m, [
      ['班级', '学生姓名', '电话', '家长姓名', '电话'],
      ...all.map((p) => [p.className, p.name, p.phone, p.guardian, p.guardianPhone]),
    ]),
    says: ['className', 'name', 'phone', 'guardian', 'guardianPhone'],
  }),
  guardianBefore: (all) => ({
    rows: [
      ['家长姓名', '家长电话', '孩子姓名', '班级'],
      ...all.map((p) => [p.guardian, p.guardianPhone, p.name, p.className]),
    ],
    says: ['className', 'name', 'guardian', 'guardianPhone'],
  }),
  groups: (all, m) => {
    const rows = [
      ['班级', '学生信息', null, '监护人信息', null],
      [null, '姓名', '联系方式', '姓名', '联系方式'],
      ...all.map((p) => [p.className, p.name, written(p.phone, m), p.guardian, p.guardianPhone]),
    ]
    const merges = ['A1:A2', 'B1:C1', 'D1:E1'].map(merged)
    return { rows, given: { merges }, says: ['className', 'name', 'phone', 'guardian', 'guardianPhone'] }
  },
  twoRows: (all) => ({
    rows: [
      ['单位', '本人', null, '紧急联系人', null],
      [null, '姓名', '电话', '姓名', '电话'],
      ...all.map((p) => [p.unit, p.name, p.phone, p.guardian, p.guardianPhone]),
    ],
    given: { merges: ['A1:A2', 'B1:C1', 'D1:E1'].map(merged) },
    says: ['unit', 'name', 'phone'],
  }),
  sheetPerClass: (all) => {
    const own = alike(all, 'className')
    return {
      rows: [['姓名', '家长电话'], ...own.map((p) => [p.name, p.guardianPhone])],
      given: { name: own[0]!.className, amongOthers: true },
      says: ['className', 'name', 'guardianPhone'],
    }
  },
  mergedUnit: (all, m) => {
    const own = alike(all, 'unit')
    const by = titled(m, []).length
    const rows = titled(m, [
      ['单位', '姓名', '电话'],
      ...own.map((p, at): Cell[] => [at === 0 ? p.unit : null, p.name, p.phone]),
    ])
    const merges = own.length > 1 ? down([merged(`A2:A${own.length + 1}`)], by) : []
    return { rows, given: { merges }, says: ['unit', 'name', 'phone'] }
  },
  mergedPhone: (all) => {
    const own = alike(all, 'phone')
    const rows = [
      ['单位', '姓名', '电话'],
      ...own.map((p, at): Cell[] => [p.unit, p.name, at === 0 ? written(p.phone, 1) : null]),
    ]
    return {
      rows,
      given: { merges: own.length > 1 ? [merged(`C2:C${own.length + 1}`)] : [] },
      says: ['unit', 'name', 'phone'],
    }
  },
  ditto: (all, m) => {
    const own = alike(all, 'className')
    const mark = ['同上', '〃', '″', '"'][m % 4]!
    return {
      rows: [
        ['班级', '姓名', '家长电话'],
        ...own.map((p, at): Cell[] => [at === 0 ? p.className : mark, p.name, p.guardianPhone]),
      ],
      says: ['className', 'name', 'guardianPhone'],
    }
  },
  severalInACell: (all) => {
    const told = all.map((p) => ({ ...p, phone: p.phone ?? '13912345678' }))
    return {
      rows: [
        ['单位', '姓名', '联系电话'],
        [told[0]!.unit, told.map(({ name }) => name).join('\n'), told.map(({ phone }) => phone).join('\n')],
      ],
      says: ['name', 'phone'],
    }
  },
  dividingLines: (all) => ({
    rows: [
      ['姓名', '性别', '家长电话'],
      ...all.flatMap((p): Cell[][] => [[p.className], [p.name, '女', p.guardianPhone]]),
    ],
    says: ['className', 'name', 'guardianPhone'],
  }),
  gradeAndClass: (all) => ({
    rows: [
      ['年级', '班级', '学生姓名', '家长电话'],
      ...all.map((p) => [p.className.slice(0, 3), p.className.slice(3), p.name, p.guardianPhone]),
    ],
    says: ['className', 'name', 'guardianPhone'],
  }),
}

const phones = (value: string | null) => (value === null ? undefined : [value])

/** A person as an import must read them, as far as the layout says it. */
function expected(one: Person, says: Drawn['says']): string {
  const of = (key: keyof Person) => (says.includes(key) ? one[key] : null)
  return JSON.stringify([
    of('name'),
    phones(of('phone')),
    of('guardian'),
    phones(of('guardianPhone')),
    of('className'),
    of('unit'),
  ])
}

function found(entry: ReturnType<typeof reads>['entries'][number], says: Drawn['says']): string {
  const { name, phone, guardian, guardianPhone, class: of, unit } = entry
  return JSON.stringify([
    name,
    phone,
    guardian ?? null,
    guardianPhone,
    of ?? null,
    says.includes('unit') ? (unit ?? null) : null,
  ])
}

test('in every layout each person gets their own numbers, or the sheet waits', () => {
  const settled: Record<string, number> = {}
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(layouts)), people, fc.nat(100), (key, all, manner) => {
      const drawn = layouts[key]!(all, manner)
      const { doubt, reasons, entries } = reads(drawn.rows, drawn.given)
      if (doubt !== null) return
      const whole = entries
        .filter((_, at) => reasons[at]!.length === 0)
        .map((entry) => found(entry, drawn.says))
      const own = key === 'severalInACell' ? all.map((p) => ({ ...p, phone: p.phone ?? '13912345678' })) : all
      const same = {
        sheetPerClass: 'className',
        ditto: 'className',
        mergedUnit: 'unit',
        mergedPhone: 'phone',
      } as const
      const like = key in same ? alike(own, same[key as keyof typeof same]) : own
      const wanted = like.map((one) => expected(one, drawn.says))
      if (reasons.every((some) => some.length === 0)) expect(whole.sort()).toEqual(wanted.sort())
      else for (const each of whole) expect(wanted).toContain(each)
      settled[key] = (settled[key] ?? 0) + 1
    }),
    { numRuns: runs },
  )
  // Asking about everything would never be wrong either.
  expect(Object.keys(settled).length).toBe(Object.keys(layouts).length)
})

test.each([['志愿者'], ['师生'], ['姓名']])(
  'a title that is the word %j is no heading when headings follow',
  (title) => {
    const { list, entries, kinds } = reads([[title], ['姓名', '联系电话'], ['甲一', '13900000001']])
    expect([list, kinds]).toEqual(['people', ['title', 'heading', 'data']])
    expect(entries).toEqual([{ name: '甲一', phone: ['13900000001'] }])
  },
)
