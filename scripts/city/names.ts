/** Generates names and telephone numbers of people who do not exist. */
import type { Dice } from './random.ts'

const surnames = [
  ...'王李张刘陈王李张刘陈杨赵黄周吴徐孙马胡郭杨赵黄周吴徐孙',
  ...'何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙史陶贺毛段郝顾龚邵',
  '欧阳',
  '关',
  '佟',
  '那',
]

const given = {
  male: '伟强磊军勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙峰国建志文海永成立新',
  female: '芳娜敏静丽艳娟霞秀兰燕玲红梅莉雪丹慧颖婷洁琳倩佳莹萍欣蕾玉云晶晓春桂英淑凤',
  young: '梓涵子轩雨桐欣怡一诺浩然思远宇航佳琪诗语博文俊熙嘉禾可馨若曦铭泽语晨安然',
}

export type Sex = 'male' | 'female'

/** A random name: a surname and one or two characters typical of the sex or, when `young`, of children. */
export function aName(dice: Dice, sex: Sex, young = false): string {
  const first = dice.pick(surnames)
  const characters = young && dice.chance(0.7) ? given.young : given[sex]
  const length = dice.chance(0.78) ? 2 : 1
  let rest = ''
  for (let i = 0; i < length; i++) rest += dice.pick(characters)
  return first + rest
}

/** The n-th telephone number, with the prefix 154, which is not assigned. Different n give different numbers. */
export function phone(n: number): string {
  // The step is coprime to 10^8, so every number occurs once, and consecutive n give numbers far apart.
  return `154${String((n * 61_803_399 + 20_260_304) % 100_000_000).padStart(8, '0')}`
}
