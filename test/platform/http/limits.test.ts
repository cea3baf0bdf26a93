import Type from 'typebox'
import { expect, test, vi } from 'vitest'
import { DomainError } from '#platform/errors.ts'
import { networkOf } from '#platform/http/limits.ts'
import { smallServer } from './small-server.ts'

const few = { perSession: 3, perAddress: 3, perLink: 3, missesPerAddress: 3 }

async function limited(trustProxy: boolean | number | string[] = true) {
  const app = await smallServer({ limits: few, trustProxy })
  app.route({ method: 'GET', url: '/open', config: { access: 'public' }, handler: async () => 'open' })
  app.route({
    method: 'GET',
    url: '/probe',
    config: { access: 'public', unlimited: true },
    handler: async () => 'up',
  })
  app.route({
    method: 'GET',
    url: '/things',
    config: { access: 'things.read' },
    handler: async () => 'things',
  })
  app.route({
    method: 'GET',
    url: '/c/:token',
    config: { access: 'link' },
    schema: { params: Type.Object({ token: Type.String() }) },
    handler: async ({ params }) => {
      if (!params.token.startsWith('known')) throw new DomainError('missing', 'link.missing', 'No such link.')
      return 'yours'
    },
  })
  return async (url: string, from: string, authorization?: string) => {
    const headers = { 'x-forwarded-for': from, ...(authorization ? { authorization } : {}) }
    return app.inject({ url, headers })
  }
}

async function statuses(
  times: number,
  ask: (at: number) => Promise<{ statusCode: number }>,
): Promise<number[]> {
  const found = []
  for (let at = 0; at < times; at++) found.push((await ask(at)).statusCode)
  return found
}

test('public routes are limited by address, probes are not', async () => {
  const get = await limited()
  expect(await statuses(4, () => get('/open', '10.0.0.1'))).toEqual([200, 200, 200, 429])
  expect(await statuses(1, () => get('/open', '10.0.0.2'))).toEqual([200])
  expect(await statuses(9, () => get('/probe', '10.0.0.1'))).toEqual(Array(9).fill(200))
})

test('a refusal says when to come back', async () => {
  const get = await limited()
  await statuses(3, () => get('/open', '10.0.0.1'))
  const { headers, body } = await get('/open', '10.0.0.1')
  expect(JSON.parse(body)).toMatchObject({ status: 429, code: 'requests.throttled' })
  expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60)
})

test('a minute after the first request the count begins anew', async () => {
  const get = await limited()
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    expect(await statuses(4, () => get('/open', '10.0.0.1'))).toEqual([200, 200, 200, 429])
    vi.advanceTimersByTime(59_999)
    expect(await statuses(1, () => get('/open', '10.0.0.1'))).toEqual([429])
    vi.advanceTimersByTime(1)
    expect(await statuses(4, () => get('/open', '10.0.0.1'))).toEqual([200, 200, 200, 429])
  } finally {
    vi.useRealTimers()
  }
})

test('sessions are limited each by itself, wherever they come from', async () => {
  const get = await limited()
  expect(await statuses(4, (at) => get('/things', `10.0.0.${at}`, 'things.read'))).toEqual([
    200, 200, 200, 429,
  ])
})

test('whoever is not signed in is limited by address on guarded routes, and stops nobody who is', async () => {
  const get = await limited()
  expect(await statuses(5, () => get('/things', '10.0.0.1'))).toEqual([401, 401, 401, 429, 429])
  expect(await statuses(1, () => get('/things', '10.0.0.1', 'things.read'))).toEqual([200])
  expect(await statuses(1, () => get('/things', '10.0.0.2'))).toEqual([401])
})

test('a crowd behind one address opens its own links as it likes', async () => {
  const get = await limited()
  expect(await statuses(40, (at) => get(`/c/known-${at}`, '10.0.0.1'))).toEqual(Array(40).fill(200))
})

test('one link is limited, and unknown links by address, which never stops a known one', async () => {
  const get = await limited()
  expect(await statuses(4, (at) => get('/c/known', `10.0.0.${at}`))).toEqual([200, 200, 200, 429])
  expect(await statuses(5, (at) => get(`/c/guess-${at}`, '10.0.0.9'))).toEqual([404, 404, 404, 429, 429])
  expect(await statuses(1, () => get('/c/known-other', '10.0.0.9'))).toEqual([200])
  expect(await statuses(1, () => get('/c/guess', '10.0.0.8'))).toEqual([404])
})

test('without a trusted proxy nobody talks their way out of a limit', async () => {
  const get = await limited(false)
  expect(await statuses(4, (at) => get('/open', `10.0.0.${at}`))).toEqual([200, 200, 200, 429])
})

test('one line of IPv6 is one visitor, whatever addresses it gives itself', async () => {
  const get = await limited()
  const from = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:DB8:1:2:a:b:c:d', '2001:db8:1:2::2']
  expect(await statuses(4, (at) => get('/open', from[at] as string))).toEqual([200, 200, 200, 429])
  expect(await statuses(1, () => get('/open', '2001:db8:1:3::1'))).toEqual([200])
  expect(['::ffff:192.0.2.7', '192.0.2.7', '::1', 'fe80::1%eth0'].map(networkOf)).toEqual([
    '192.0.2.7',
    '192.0.2.7',
    '0:0:0:0',
    'fe80:0:0:0',
  ])
})

test('behind so many proxies, the address is what the outermost of them saw', async () => {
  const get = await limited(1)
  // Whoever writes addresses in front of what the proxy adds is still the same.
  expect(await statuses(4, (at) => get('/open', `10.9.9.${at}, 10.0.0.1`))).toEqual([200, 200, 200, 429])
})
