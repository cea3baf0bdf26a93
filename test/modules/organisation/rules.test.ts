import { describe, expect, test } from 'vitest'
import {
  ageBandOn,
  ageOn,
  birthDateIn,
  bornOn,
  identityCheckCharacter,
  isMinorOn,
  isSensitiveOn,
  pinyinOf,
  readEmail,
  readIdentityNumber,
  readPhone,
  searchNameOf,
  sexIn,
  volunteerNumberOf,
} from '#modules/organisation/index.ts'

describe('names', () => {
  test('names are compared without width, case, spaces and punctuation', () => {
    expect(searchNameOf('本溪市 住建局（机关）')).toBe(searchNameOf('本溪市住建局(机关)'))
    expect(searchNameOf('ＡＢＣ·公司')).toBe('abc公司')
    expect(searchNameOf('···')).toBe('···')
    expect(searchNameOf(' \u0000 ')).toBe('')
  })

  test('family names are read as family names', () => {
    expect(pinyinOf('单小雨', 'person')).toBe('shanxiaoyu sxy')
    expect(pinyinOf('曾平', 'person')).toBe('zengping zp')
    expect(pinyinOf('简单')).toBe('jiandan jd')
  })
})

describe('numbers', () => {
  test.each([
    ['154 0000 1234', '15400001234'],
    ['１５４００００１２３４', '15400001234'],
    ['+86-154-0000-1234', '15400001234'],
    ['0086 15400001234', '15400001234'],
    ['8615400001234', '15400001234'],
    ['024-43872345', '02443872345'],
    ['（024）4387 2345', '02443872345'],
    ['+86 24 4387 2345', '02443872345'],
    ['+44 20 7946 0958', '+442079460958'],
    ['12345678901', undefined],
    ['43872345', undefined],
    ['154000012345', undefined],
    ['1540000123x', undefined],
    ['', undefined],
    [`1${'5'.repeat(500)}`, undefined],
  ])('the phone %s is %s', (typed, stored) => {
    expect(readPhone(typed)).toBe(stored)
  })

  test.each([
    [' A.B@Example.CN ', 'a.b@example.cn'],
    ['a@b', undefined],
    ['a@b.cn\r\nBcc: x@y.cn', undefined],
    ['a b@c.cn', undefined],
    [`${'a'.repeat(65)}@b.cn`, undefined],
  ])('the address %s is %s', (typed, stored) => {
    expect(readEmail(typed)).toBe(stored)
  })

  test('an identity number is checked, and gives birth date and sex', () => {
    expect(identityCheckCharacter('11010519491231002')).toBe('X')
    expect(readIdentityNumber('110105 19491231 002x')).toBe('11010519491231002X')
    expect(readIdentityNumber('110105491231002')).toBe('11010519491231002X')
    expect(readIdentityNumber('110105194912310021')).toBeUndefined()
    const impossible = '11010519490231002'
    expect(readIdentityNumber(impossible + identityCheckCharacter(impossible))).toBeUndefined()
    expect(readIdentityNumber('E12345678')).toBe('E12345678')
    expect(readIdentityNumber('12345')).toBeUndefined()
    expect([birthDateIn('11010519491231002X'), sexIn('11010519491231002X')]).toEqual(['1949-12-31', 'female'])
    expect([birthDateIn('E12345678'), sexIn('E12345678')]).toEqual([undefined, undefined])
  })

  test('a volunteer number is always the same for a person, and reveals nothing of the id', () => {
    const id = '01a209f1-bf01-7084-95f8-2cbfb0098703'
    expect(volunteerNumberOf(id)).toBe(volunteerNumberOf(id))
    expect(volunteerNumberOf(id)).toMatch(/^[0-9A-Z]{12}$/)
  })
})

describe('ages', () => {
  test('people come of age on their birthday', () => {
    expect([ageOn('2008-03-04', '2026-03-03'), ageOn('2008-03-04', '2026-03-04')]).toEqual([17, 18])
    expect([ageOn('2008-02-29', '2026-02-28'), ageOn('2008-02-29', '2026-03-01')]).toEqual([17, 18])
    const bands = ['2018-03-05', '2018-03-04', '2012-03-05', '2012-03-04', '2008-03-05', '2008-03-04', null]
    expect(bands.map((born) => ageBandOn(bornOn(born), '2026-03-04'))).toEqual([
      'under8',
      'under14',
      'under14',
      'under18',
      'under18',
      'adult',
      'unknown',
    ])
  })

  test('of whom only the month or the year of birth is known comes of age on its last day', () => {
    const bands = (born: string, days: string[]) => days.map((day) => ageBandOn(bornOn(born), day))
    expect(bands('2008-02', ['2026-02-27', '2026-02-28', '2026-02-29'])).toEqual([
      'under18',
      'under18',
      'adult',
    ])
    expect(bands('2008-04', ['2026-04-29', '2026-04-30'])).toEqual(['under18', 'adult'])
    expect(bands('2012', ['2026-12-30', '2026-12-31'])).toEqual(['under14', 'under18'])
  })

  test('the birth date is decrypted only in the year in which a person turns 8, 14 or 18', () => {
    const opened: number[] = []
    for (let year = 1990; year <= 2026; year++) {
      const date = `${year}-06-15`
      const birth = {
        year,
        date() {
          opened.push(year)
          return date
        },
      }
      expect([year, ageBandOn(birth, '2026-03-04')]).toEqual([year, ageBandOn(bornOn(date), '2026-03-04')])
      isMinorOn(birth, [], '2026-03-04')
      isSensitiveOn(birth, [], '2026-03-04')
    }
    expect([...new Set(opened)]).toEqual([2008, 2012, 2018])
  })

  test('an unknown age counts as minor for a pupil only', () => {
    expect([isMinorOn(null, ['pupil'], '2026-03-04'), isMinorOn(null, ['member'], '2026-03-04')]).toEqual([
      true,
      false,
    ])
    expect(isMinorOn(bornOn('2000-01-01'), ['pupil'], '2026-03-04')).toBe(false)
    expect([
      isSensitiveOn(null, ['pupil'], '2026-03-04'),
      isSensitiveOn(bornOn('2010-01-01'), ['pupil'], '2026-03-04'),
    ]).toEqual([true, false])
  })
})
