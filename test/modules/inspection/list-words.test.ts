import { expect, test } from 'vitest'
import {
  numberIn,
  pointClassIn,
  standardClassIn,
  thresholdsIn,
} from '#modules/inspection/lists/cell-words.ts'

test.each([
  ['0处100%；3处以内50%；3处以上0%', [0, 1, 3, 0.5, null, 0]],
  ['0处:1\n1-3处:0.5\n4处以上:0', [0, 1, 3, 0.5, null, 0]],
  ['不超过2个得满分；超过2个不得分', [2, 1, null, 0]],
  ['2处以内100%；更多0%', [2, 1, null, 0]],
  ['0处100%；3处以内50%', undefined],
  ['0处50%；1处以上100%', undefined],
  ['1处以内100%；4处以上0%', undefined],
  ['100%', undefined],
  ['每处扣0.5分', undefined],
])(
  'the thresholds %j are read, or refused where a count is left out or more faults score more',
  (text, found) => {
    expect(thresholdsIn(text)?.flatMap(({ upTo, score }) => [upTo, score])).toEqual(found)
  },
)

test('classes and weights as lists write them', () => {
  expect(['居民小区', '小区', ' 农贸市场 ', 'Market', '市场', '网红打卡点'].map(pointClassIn)).toEqual([
    'compound',
    'compound',
    'market',
    'market',
    'market',
    undefined,
  ])
  expect(['通用', '全部', '主干道', '居民小区、农贸市场'].map(standardClassIn)).toEqual([
    'common',
    'common',
    'main_road',
    undefined,
  ])
  expect(['2', '1.5分', '２', '0', '-1', '五', '1..5'].map(numberIn)).toEqual([
    2,
    1.5,
    2,
    0,
    -1,
    undefined,
    undefined,
  ])
})
