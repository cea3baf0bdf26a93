import { expect, test } from 'vitest'
import { whyText } from '#modules/planning/why-sentences.ts'

test('reasons are said with their figures in both languages', () => {
  const text = whyText({ because: 'nearest', metres: 850, nearer: 3 }, () => '')
  expect(text.zh).toContain('850米；更近的3个')
  expect(text.en).toContain('850 m; none of the 3 nearer')
})
