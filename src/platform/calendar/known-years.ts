import type { Notice } from './rules.ts'

/** A notice, and its source. */
export interface PublishedNotice extends Notice {
  source: string
  publishedOn: string
}

type Span = readonly [first: string, last: string]

/** A notice of the General Office of the State Council, its holidays as it words them, last day included. */
function notice(
  year: number,
  [number, publishedOn]: readonly [string, string],
  holidays: readonly Span[],
  makeUpWorkdays: readonly string[],
): PublishedNotice {
  const inYear = (day: string) => (day.length === 5 ? `${year}-${day}` : day)
  const restDays = holidays.flatMap((span) => daysOf(inYear(span[0]), inYear(span[1])))
  const source = `国务院办公厅关于${year}年部分节假日安排的通知（${number}）`
  return { year, restDays, makeUpWorkdays: makeUpWorkdays.map(inYear), source, publishedOn }
}

function daysOf(first: string, last: string): string[] {
  const days = []
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000) {
    days.push(new Date(at).toISOString().slice(0, 10))
  }
  return days
}

/** New Year, Spring Festival, Qingming, Labour Day, Dragon Boat, Mid-Autumn and National Day of each year, in order. */
export const knownNotices: readonly PublishedNotice[] = [
  notice(
    2021,
    ['国办发明电〔2020〕27号', '2020-11-25'],
    [
      ['01-01', '01-03'],
      ['02-11', '02-17'],
      ['04-03', '04-05'],
      ['05-01', '05-05'],
      ['06-12', '06-14'],
      ['09-19', '09-21'],
      ['10-01', '10-07'],
    ],
    ['02-07', '02-20', '04-25', '05-08', '09-18', '09-26', '10-09'],
  ),
  notice(
    2022,
    ['国办发明电〔2021〕11号', '2021-10-25'],
    [
      ['01-01', '01-03'],
      ['01-31', '02-06'],
      ['04-03', '04-05'],
      ['04-30', '05-04'],
      ['06-03', '06-05'],
      ['09-10', '09-12'],
      ['10-01', '10-07'],
    ],
    ['01-29', '01-30', '04-02', '04-24', '05-07', '10-08', '10-09'],
  ),
  notice(
    2023,
    ['国办发明电〔2022〕16号', '2022-12-08'],
    [
      ['2022-12-31', '01-02'],
      ['01-21', '01-27'],
      ['04-05', '04-05'],
      ['04-29', '05-03'],
      ['06-22', '06-24'],
      ['09-29', '10-06'],
    ],
    ['01-28', '01-29', '04-23', '05-06', '06-25', '10-07', '10-08'],
  ),
  notice(
    2024,
    ['国办发明电〔2023〕7号', '2023-10-25'],
    [
      ['01-01', '01-01'],
      ['02-10', '02-17'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-10', '06-10'],
      ['09-15', '09-17'],
      ['10-01', '10-07'],
    ],
    ['02-04', '02-18', '04-07', '04-28', '05-11', '09-14', '09-29', '10-12'],
  ),
  notice(
    2025,
    ['国办发明电〔2024〕12号', '2024-11-12'],
    [
      ['01-01', '01-01'],
      ['01-28', '02-04'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['05-31', '06-02'],
      ['10-01', '10-08'],
    ],
    ['01-26', '02-08', '04-27', '09-28', '10-11'],
  ),
  notice(
    2026,
    ['国办发明电〔2025〕7号', '2025-11-04'],
    [
      ['01-01', '01-03'],
      ['02-15', '02-23'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-19', '06-21'],
      ['09-25', '09-27'],
      ['10-01', '10-07'],
    ],
    ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  ),
]
