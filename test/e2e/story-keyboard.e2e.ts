/** The day of a small town, from its lists to its report: in English, by keyboard alone, on PostgreSQL. */
import { test } from './service.ts'
import { keyboard } from './story/hand.ts'
import { play } from './story/play.ts'

test.use({
  viewport: { width: 1440, height: 900 },
  actionTimeout: 120_000,
  locale: 'en-GB',
  alone: 'story on PostgreSQL',
  engine: 'postgres',
})

test('the day of a small town, by keyboard alone', ({ browser, page, service }) =>
  play({ browser, page, service }, 'en', keyboard(page)))
