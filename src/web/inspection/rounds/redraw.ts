/**
 * Checks a draw with nothing but what is shown after a round is closed: SHA-256 and HMAC of the browser itself, none of the
 * service's code. Whatever a page of the service says of itself is worth little; the same steps stand in the data that can be
 * downloaded, for any other tool.
 */
import type { Round, RoundProof } from '../../api/operations.ts'

type Strata = NonNullable<Round['strata']>

export interface Checks {
  seed: boolean
  frame: boolean
  draw: boolean
  sample: boolean
}

/** Unseen for so many days, a point enters with certainty; such points fill at most half of a stratum's sample. */
const unseenDaysMax = 365

const bytesOf = (hex: string): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(hex.length / 2)
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16)
  return bytes
}
const hexOf = (buffer: ArrayBuffer): string =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('')

async function sha256(...parts: Uint8Array[]): Promise<string> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return hexOf(await crypto.subtle.digest('SHA-256', all))
}

/** Whether this page may compute digests: browsers allow it over https and on the own machine alone. */
export const canCheck = (): boolean => globalThis.crypto?.subtle !== undefined

/** Draws again and compares each step with what was shown when it was taken. */
export async function checkDraw(proof: RoundProof, round: Pick<Round, 'kind' | 'strata'>): Promise<Checks> {
  const seed = bytesOf(proof.seed)
  const frame = new TextEncoder().encode(proof.frame.map((line) => `${line}\n`).join(''))
  const digest = await sha256(frame)
  const drawn =
    round.kind === 'recheck' ? await drawCases(proof) : await drawPoints(proof, round.strata ?? [])
  const said = proof.drawn.map(({ code, reserve }) => entryOf(code, reserve))
  return {
    seed: (await sha256(seed)) === proof.seedCommitment,
    frame: digest === proof.frameDigest,
    draw: (await sha256(seed, bytesOf(digest))) === proof.drawDigest,
    sample: JSON.stringify([...drawn].sort()) === JSON.stringify(said.sort()),
  }
}

const entryOf = (code: string, reserve: boolean) => `${code} ${reserve ? 'reserve' : 'sample'}`

/** Where each code stands in the order of the round. */
async function ordersOf(proof: RoundProof, codes: readonly string[]): Promise<Map<string, string>> {
  const hash = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytesOf(proof.seed), hash, false, ['sign'])
  const text = new TextEncoder()
  const orders = codes.map(async (code) => {
    const signed = await crypto.subtle.sign('HMAC', key, text.encode(`${proof.label}|${code}`))
    return [code, hexOf(signed)] as const
  })
  return new Map(await Promise.all(orders))
}

const inOrder = (orders: ReadonlyMap<string, string>) => (a: string, b: string) =>
  (orders.get(a) ?? '') < (orders.get(b) ?? '') ? -1 : 1

async function drawPoints(proof: RoundProof, strata: Strata): Promise<string[]> {
  const points = proof.frame.map((line) => {
    const [code = '', districtCode = '', pointClass = '', unseenDays = '0'] = line.split('|')
    return { code, stratum: `${districtCode}|${pointClass}`, unseenDays: Number(unseenDays) }
  })
  const orders = await ordersOf(
    proof,
    points.map(({ code }) => code),
  )
  return strata.flatMap(({ districtCode, pointClass, drawn }) => {
    const own = points.filter(({ stratum }) => stratum === `${districtCode}|${pointClass}`)
    const daysOf = new Map(own.map(({ code, unseenDays }) => [code, unseenDays]))
    const sorted = own.map(({ code }) => code).sort(inOrder(orders))
    const days = (code: string) => daysOf.get(code) ?? 0
    const certain = sorted
      .filter((code) => days(code) >= unseenDaysMax)
      .sort((a, b) => days(b) - days(a))
      .slice(0, Math.floor(drawn / 2))
    const others = sorted.filter((code) => !certain.includes(code))
    const more = drawn - certain.length
    return [
      ...[...certain, ...others.slice(0, more)].map((code) => entryOf(code, false)),
      ...others.slice(more, more + proof.reserve).map((code) => entryOf(code, true)),
    ]
  })
}

/** Of a re-check the first fifth of the cases, rounded up. */
async function drawCases(proof: RoundProof): Promise<string[]> {
  const orders = await ordersOf(proof, proof.frame)
  const sorted = [...proof.frame].sort(inOrder(orders))
  return sorted.slice(0, Math.ceil(sorted.length / 5)).map((number) => entryOf(number, false))
}
