import { isoOf } from '../time.ts'
import { grantedDays } from './check-notice.ts'
import type { WorkdayYearView } from './contract.ts'
import type { KnownYear } from './reader.ts'

export function presentYear(known: KnownYear): WorkdayYearView {
  const { year, source, publishedOn, enteredAt, version } = known
  return {
    year,
    state: enteredAt ? 'entered' : 'known',
    restDays: [...known.restDays],
    makeUpWorkdays: [...known.makeUpWorkdays],
    grantedDays: grantedDays(known),
    source,
    publishedOn,
    enteredAt: enteredAt && isoOf(enteredAt),
    version,
  }
}

export function presentUnpublished(year: number): WorkdayYearView {
  return {
    year,
    state: 'unpublished',
    restDays: [],
    makeUpWorkdays: [],
    grantedDays: 0,
    source: null,
    publishedOn: null,
    enteredAt: null,
    version: 0,
  }
}
