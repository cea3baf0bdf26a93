/** Offsets that are remembered are those that Intl says. */
import fc from 'fast-check'
import { IANAZone } from 'luxon'
import { expect, test } from 'vitest'
import { rememberedOffset } from '#platform/zone-offsets.ts'

const zones = [
  'Asia/Shanghai',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'UTC',
]

/** What Intl says, in minutes. */
function said(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset', year: 'numeric' })
  const text = parts.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours = '0', minutes = '0'] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(text) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) || 0
}

test('at any moment since 1972, asked twice, on either side of a change', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.date({ min: new Date('1973-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
      (zone, date) => {
        const at = date.getTime()
        const asked = IANAZone.create(zone)
        for (const moment of [at, at, at + 900_000, at - 1])
          expect(rememberedOffset(asked, moment)).toBe(said(zone, moment))
      },
    ),
  )
})

test('the minute in which New York changes to summer time', () => {
  const zone = IANAZone.create('America/New_York')
  const change = Date.parse('2026-03-08T07:00:00Z')
  expect([zone.offset(change - 1), zone.offset(change), zone.offset(change - 1)]).toEqual([-300, -240, -300])
  expect(zone.offset(Number.NaN)).toBeNaN()
})
