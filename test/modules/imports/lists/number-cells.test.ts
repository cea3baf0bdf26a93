import { expect, test } from 'vitest'
import { readBirthDate } from '#modules/imports/read/dates.ts'
import { readIdentity, readStatedPhones } from '#modules/imports/read/values.ts'
import { identityCheckCharacter } from '#modules/organisation/index.ts'
import { reads } from '#test/support/factories/lists.ts'
import { other, own } from './numbers.ts'

test.each(['210502199O03071235', '2105021990030712X', '2l0502199003071235', '21050219900307123'])(
  '%s is no identity number of another kind',
  (cell) => expect(readIdentity(cell)).toHaveProperty('reason'),
)

test.each(['E12345678', 'H12345678', 'M1234567890', 'USA123456789012'])('%s is another document', (cell) =>
  expect(readIdentity(cell)).toEqual({ value: cell }),
)

test('notes behind numbers say whose they are, or are asked about', () => {
  expect(readStatedPhones(`${own}（本人）`)).toEqual({ value: [{ value: own, whose: 'own' }] })
  expect(readStatedPhones(`${own} 微信同号`)).toEqual({ value: [{ value: own, whose: 'own' }] })
  expect(readStatedPhones(`${own}（妻）`)).toEqual({ value: [{ value: own, whose: 'spouse' }] })
  expect(readStatedPhones(`妈妈：${own}`)).toEqual({ value: [{ value: own, whose: 'guardian' }] })
  expect(readStatedPhones(`${own}（停机）`)).toEqual({ reason: 'phone.noted' })
  expect(readStatedPhones(`${own}\n${other}`)).toEqual({
    value: [own, other].map((value) => ({ value, whose: 'own' })),
  })
})

test('a landline without its area code takes that of the place, or is an error', () => {
  expect(readStatedPhones('42880001', '024')).toEqual({ value: [{ value: '02442880001', whose: 'own' }] })
  expect(readStatedPhones('42880001')).toEqual({ reason: 'phone.area_code_missing' })
})

test('a time of day makes a date of birth doubtful; year and month are kept as what they are', () => {
  expect(readBirthDate(new Date('2011-08-31T16:00:00Z'), '2026-03-04')).toEqual({
    reason: 'birth.time_of_day',
  })
  const { entries, remarks } = reads([
    ['姓名', '出生年月'],
    ['甲一', '2011年9月'],
    ['甲二', '201109'],
    ['甲三', '2011'],
    ['甲四', new Date('2011-09-01T00:00:00Z')],
    ['甲五', new Date('2011-09-05T00:00:00Z')],
    ['甲六', '20110905'],
  ])
  const months = ['2011-09', '2011-09', '2011', '2011-09']
  expect(entries.map(({ birthDate }) => birthDate)).toEqual([...months, '2011-09-05', '2011-09-05'])
  expect(remarks).toEqual([...months.map(() => ['birth.month_only']), [], []])
  // Under 出生日期 the first of a month is a day.
  expect(
    reads([
      ['姓名', '出生日期'],
      ['甲一', new Date('2011-09-01T00:00:00Z')],
    ]).entries[0]?.birthDate,
  ).toBe('2011-09-01')
  expect(readBirthDate(1990.1, '2026-03-04')).toEqual({ reason: 'birth.month_unsure' })
  expect(readBirthDate('1990.1', '2026-03-04')).toEqual({ value: '1990-01', remark: 'birth.month_only' })
  expect(readBirthDate('2026-04', '2026-03-04')).toEqual({ reason: 'birth.impossible' })
})

test('an identity number completes a month of birth, and one of another month is an error', () => {
  const first17 = '21050219900510001'
  const identity = first17 + identityCheckCharacter(first17)
  const { entries, reasons } = reads([
    ['姓名', '出生年月', '身份证号'],
    ['甲一', '1990.05', identity],
    ['甲二', '1990.06', identity],
  ])
  expect(entries[0]?.birthDate).toBe('1990-05-10')
  expect(reasons[1]).toEqual(['birth.differs'])
})

test('a note in brackets says whose number it is, and a column of several names holds people', () => {
  const { entries, unread } = reads([
    ['班级', '姓名', '联系电话（家长）', '同组'],
    ['三年1班', '甲一', '13900000001', '张伟、李娜'],
  ])
  expect(entries).toEqual([{ class: '三年1班', name: '甲一', guardianPhone: ['13900000001'] }])
  expect(unread).toEqual([{ index: 3, heading: '同组', values: 1, holdsPeople: true }])
  expect(
    reads([
      ['姓名', '电话（本人）', '电话（必填）'],
      ['甲一', '13900000001', '13900000002'],
    ]).entries,
  ).toEqual([{ name: '甲一', phone: ['13900000001', '13900000002'] }])
})
