import { identityCheckCharacter } from '#modules/organisation/index.ts'

/** A cadre as a list states them. */
export interface Cadre {
  name: string
  phone: string | null
  identity: string | null
}

/** So many cadres are on the lists of both units. */
export const common = Number(process.env.COMMON_CADRES ?? 40)
export const everyCadre = Array.from({ length: common }, (_, n) => n)
/** What is added to a number to get somebody who is on no other list. */
const apart = 1000

const letters = ['赵钱孙李周吴郑王冯陈', '伟芳娜敏静丽强磊军洋', '东南西北春夏秋冬云雨', '松柏']
const nameOf = (n: number) =>
  letters
    .slice(0, n < apart ? 3 : 4)
    .map((of, at) => [...of][Math.floor(n / 10 ** at) % of.length])
    .join('')
export const phoneOf = (n: number) => `154${String(n).padStart(8, '0')}`
export function identityOf(n: number): string {
  const first = `21050219${60 + (n % 40)}0${6 + Math.floor(n / apart)}15${String(n % apart).padStart(3, '0')}`
  return first + identityCheckCharacter(first)
}

/** The bureau knows every other cadre by identity number; the community by another phone, or by the same. */
export const atBureau = (n: number): Cadre => ({
  name: nameOf(n),
  phone: phoneOf(n),
  identity: n % 2 === 0 ? identityOf(n) : null,
})
export const atCommunity = (n: number): Cadre => ({
  ...atBureau(n),
  phone: n % 4 === 0 ? phoneOf(50_000 + n) : phoneOf(n),
})

/** Somebody who is listed in their stead and stands on no other list. */
export const stranger = (n: number): Cadre => atBureau(n + apart)

/** Four who are on the list of one unit alone. */
export const own = (from: number) => Array.from({ length: 4 }, (_, at) => atBureau(from + at))

/** Which of the two units signs a cadre up first; the other is told 已另有安排. */
export const firstAt = (n: number): 'bureau' | 'community' => (n % 8 < 4 ? 'bureau' : 'community')
