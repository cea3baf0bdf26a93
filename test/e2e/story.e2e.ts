/** The day of a small town, from its lists to its report: in Chinese, by mouse, on SQLite. */
import { test } from './service.ts'
import { mouse } from './story/hand.ts'
import { play } from './story/play.ts'

test.use({ viewport: { width: 1440, height: 900 }, actionTimeout: 120_000, alone: 'story' })

test('the day of a small town, by mouse', ({ browser, page, service }) =>
  play({ browser, page, service }, 'zh', mouse))
