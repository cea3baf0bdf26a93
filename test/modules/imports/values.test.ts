import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coreClassName } from '#modules/imports/judge/team-book.ts'
import { readBirthDate } from '#modules/imports/read/dates.ts'
import { partColumnsOf, readEntries } from '#modules/imports/read/entries.ts'
import { ownHeadings } from '#modules/imports/read/headings.ts'
import { layoutOf } from '#modules/imports/read/layout.ts'
import { roleOfWord } from '#modules/imports/read/roles.ts'
import { coreName, likeness, proposalsFor } from '#modules/imports/read/said/unit-names.ts'
import { shown } from '#modules/imports/read/shown.ts'
import {
  readCount,
  readIdentity,
  readName,
  readPhones,
  readSex,
  readUnitKind,
  readYesNo,
} from '#modules/imports/read/values.ts'
import { identityCheckCharacter } from '#modules/organisation/index.ts'
import type { Cell } from '#platform/files/cells.ts'

const today = '2026-03-04'
const identity = (first17: string) => first17 + identityCheckCharacter(first17)

test.each([
  '15400000001',
  15400000001,
  ' 154 0000 0001 ',
  '154-0000-0001',
  '+86 154 0000 0001',
  '+86-15400000001',
  '0086 15400000001',
  '8615400000001',
  '１５４００００００\u{ff10}１',
  '15400000001\u200b',
  "'15400000001",
  '15400000001.0',
])('%j is the phone 15400000001', (cell) => {
  expect(readPhones(cell)).toEqual({ value: ['15400000001'] })
})

test.each([
  [1.54e22, 'phone.lost_digits'],
  ['1.54E+10', 'phone.lost_digits'],
  ['1540000000', 'phone.malformed'],
  ['没有号码呀', 'phone.malformed'],
  [{ fault: 'formula', text: '' }, 'cell.formula'],
  [{ fault: 'error', text: '#N/A' }, 'cell.error'],
])('%j is no phone: %s', (cell, reason) => {
  expect(readPhones(cell as Cell)).toEqual({ reason })
})

test('a cell may hold several numbers, or say that there is none', () => {
  expect(readPhones('15400000001/15400000002')).toEqual({ value: ['15400000001', '15400000002'] })
  expect(readPhones('15400000001 15400000002')).toEqual({ value: ['15400000001', '15400000002'] })
  expect(readPhones('无')).toEqual({})
  expect(readPhones('15400000001、12')).toEqual({ reason: 'phone.malformed' })
})

test('however a number is written, it is read as the same', () => {
  const digits = fc.integer({ min: 0, max: 99_999_999 }).map((n) => `154${String(n).padStart(8, '0')}`)
  const between = fc.array(fc.constantFrom('', ' ', '-', '\u3000', '‐', '.'), {
    minLength: 11,
    maxLength: 11,
  })
  const wide = fc.boolean()
  const country = fc.constantFrom('', '+86', '0086', '+86 ')
  fc.assert(
    fc.property(digits, between, wide, country, (phone, gaps, full, before) => {
      const written = [...phone]
        .map((digit, at) => (full ? String.fromCharCode(digit.charCodeAt(0) + 0xfee0) : digit) + gaps[at])
        .join('')
      expect(readPhones(before + written)).toEqual({ value: [phone] })
    }),
  )
})

test('identity numbers are checked as GB 11643 says', () => {
  const right = identity('21050219900131123')
  expect(readIdentity(right)).toEqual({ value: right })
  expect(readIdentity(right.toLowerCase())).toEqual({ value: right })
  const wrong = `${right.slice(0, 17)}${right[17] === '1' ? '2' : '1'}`
  expect(readIdentity(wrong)).toEqual({ reason: 'identity.checksum' })
  expect(readIdentity(identity('21050219901331123'))).toEqual({ reason: 'identity.malformed' })
  expect(readIdentity(210502199001311230)).toEqual({ reason: 'identity.lost_digits' })
  expect(readIdentity('2.10502E+17')).toEqual({ reason: 'identity.lost_digits' })
})

test.each([
  ['1990-01-31', '1990-01-31'],
  ['1990/1/31', '1990-01-31'],
  ['1990.01.31', '1990-01-31'],
  ['1990年1月31日', '1990-01-31'],
  ['１９９０年１月３１日', '1990-01-31'],
  ['19900131', '1990-01-31'],
  [19900131, '1990-01-31'],
  [32904, '1990-01-31'],
  [new Date('1990-01-31T00:00:00Z'), '1990-01-31'],
])('%j is a date of birth', (cell, value) => {
  expect(readBirthDate(cell as Cell, today)).toEqual({ value })
})

test.each([
  ['1990-02-30', { reason: 'birth.malformed' }],
  ['昨天', { reason: 'birth.malformed' }],
  ['2027-01-01', { reason: 'birth.impossible' }],
  ['1890-01-01', { reason: 'birth.impossible' }],
  ['1990年1月', { value: '1990-01', remark: 'birth.month_only' }],
  ['199001', { value: '1990-01', remark: 'birth.month_only' }],
  ['', {}],
])('%j is not one', (cell, read) => {
  expect(readBirthDate(cell, today)).toEqual(read)
})

test('closed words are read in both languages', () => {
  expect([readSex('男'), readSex('Female'), readSex('女生'), readSex('?')]).toEqual([
    { value: 'male' },
    { value: 'female' },
    { value: 'female' },
    { reason: 'sex.unknown' },
  ])
  expect(['副队长', '领队', '科长'].map((word) => roleOfWord(word, false))).toEqual([
    'deputy',
    'leader',
    undefined,
  ])
  expect([readUnitKind('事业单位'), readUnitKind('国有企业'), readUnitKind('国')]).toEqual([
    { value: 'institution' },
    { value: 'enterprise' },
    { reason: 'kind.unknown' },
  ])
  expect([readYesNo('√'), readYesNo('否'), readYesNo('也许')]).toEqual([
    { value: true },
    { value: false },
    { reason: 'consent.unclear' },
  ])
  expect([readCount('36人'), readCount('1,200'), readCount('3.5')]).toEqual([
    { value: 36 },
    { value: 1200 },
    { reason: 'count.malformed' },
  ])
  expect([
    readName('张 三'),
    readName('阿依古丽·买买提'),
    readName('Anna Smith'),
    readName('=1+1'),
    readName('123'),
  ]).toEqual([
    { value: '张三' },
    { value: '阿依古丽·买买提' },
    { value: 'Anna Smith' },
    { reason: 'name.malformed' },
    { reason: 'name.malformed' },
  ])
})

/** What one row says under these headings. */
function readOne(headings: string[], cells: Cell[]) {
  const layout = layoutOf({ rows: [{ line: 1, cells: headings }], merges: [] })
  const row = {
    line: 2,
    cells,
    hidden: false,
    carried: new Set<number>(),
    repeats: false,
    more: [],
    continues: false,
  }
  const reading = { today, headings: ownHeadings }
  return readEntries(row, partColumnsOf(layout, reading), {}, reading)[0]!
}

test('an identity number gives what is missing and contradicts what differs', () => {
  const headings = ['姓名', '身份证号', '性别', '出生日期']
  const number = identity('21050219900131123')
  const full = readOne(headings, ['张三', number])
  expect(full.entry).toMatchObject({ sex: 'male', birthDate: '1990-01-31' })
  expect(full.remarks).toEqual(['birth.derived'])
  const wrong = readOne(headings, ['张三', number, '女', '1990-02-01'])
  expect(wrong.problems.map(({ reason }) => reason)).toEqual(['birth.differs', 'sex.differs'])
})

test('a problem names column, value and reason, and hides numbers of people', () => {
  const headings = ['姓名', '联系电话', '身份证']
  expect(readOne(headings, ['张三', '1540000000', '210502199001311111']).problems).toEqual([
    { column: '联系电话', field: 'phone', value: '1****00', reason: 'phone.malformed' },
    { column: '身份证', field: 'identityNumber', value: '2****************1', reason: 'identity.checksum' },
  ])
  expect(shown('15400000001 张三', null)).toBe('154****01 张三')
  expect(readOne(headings, [null, '15400000001']).problems).toMatchObject([{ reason: 'name.missing' }])
})

test('names of one unit are alike, those of others less', () => {
  expect(coreName('本溪市教育局')).toBe(coreName('市教育局'))
  expect(likeness('住建局', '本溪市住房和城乡建设局')).toBe(0.9)
  expect(likeness('市教育局(机关)', '本溪市教育局')).toBe(1)
  const known = ['本溪市住房和城乡建设局', '本溪市教育局', '平山区教育局'].map((name, at) => ({
    id: String(at),
    name,
  }))
  expect(proposalsFor('市住建局', known).map(({ name }) => name)).toEqual(['本溪市住房和城乡建设局'])
  expect(proposalsFor('教育局', known)[0]?.name).toBe('本溪市教育局')
  expect(proposalsFor('蓝天救援队', known)).toEqual([])
})

test('a class is the same however its year is written', () => {
  expect(coreClassName('三年级1班')).toBe(coreClassName('3年一班'))
  expect(coreClassName('三年级1班')).not.toBe(coreClassName('三年级2班'))
})
