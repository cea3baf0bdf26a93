import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { DomainError } from '../errors.ts'

/**
 * Who may call a route: `public` anybody; `volunteer` whoever holds a personal link; `signed-in` any session;
 * otherwise a permission, `things.verb`, that one of the actor's grants must have.
 */
export type Access = 'public' | 'volunteer' | 'signed-in' | `${string}.${string}`

/** A role somebody holds, and for what part of the organisation; all three null is everything. */
export interface Grant {
  role: string
  permissions: ReadonlySet<string>
  unitPath: string | null
  districtCode: string | null
  teamId: string | null
}

/** Somebody signed in. */
export interface Actor {
  userId: string
  sessionId: string
  name: string
  /** Where the request came from, for the audit trail. */
  address: string
  grants: readonly Grant[]
}

/** What of the organisation the actor's grants for one permission cover; the three lists add up. */
export type Reach =
  | { everything: true }
  | { everything: false; unitPaths: string[]; districtCodes: string[]; teamIds: string[] }

export type Authenticate = (request: FastifyRequest) => Promise<Actor | null>

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyRequest {
    /** Who asks. @throws DomainError `access.unauthenticated` when nobody signed in */
    readonly actor: Actor
    signedIn: Actor | null
  }
}

const unauthenticated = () =>
  new DomainError(
    'unauthenticated',
    'access.unauthenticated',
    'Sign in first: nobody is signed in, or no longer.',
  )

function denied(permission: string) {
  return new DomainError('forbidden', 'access.denied', 'Your roles do not allow this.', { permission })
}

/** @throws DomainError forbidden `access.denied` when no grant has the permission */
export function reachOf(actor: Actor, permission: string): Reach {
  const grants = actor.grants.filter((grant) => grant.permissions.has(permission))
  if (grants.length === 0) throw denied(permission)
  const scoped = (grant: Grant) =>
    grant.unitPath !== null || grant.districtCode !== null || grant.teamId !== null
  if (!grants.every(scoped)) return { everything: true }
  const each = (pick: (grant: Grant) => string | null) => [
    ...new Set(grants.map(pick).filter((value) => value !== null)),
  ]
  return {
    everything: false,
    unitPaths: each((grant) => grant.unitPath),
    districtCodes: each((grant) => grant.districtCode),
    teamIds: each((grant) => grant.teamId),
  }
}

/** Whether the actor holds the permission anywhere at all. */
export function may(actor: Actor, permission: string): boolean {
  return actor.grants.some((grant) => grant.permissions.has(permission))
}

export interface DeclaredRoute {
  method: string
  url: string
  access: Access | undefined
}

const routesOf = new WeakMap<object, RouteOptions[]>()

/** What each route declared, in the order of registration, with the HEAD twins. Complete once the server is ready. */
export function declaredRoutes({ server }: { server: object }): DeclaredRoute[] {
  // Read late: hooks of a plugin's scope run after the server's own and may still declare.
  return (routesOf.get(server) ?? []).flatMap(({ method, url, config }) =>
    [method].flat().map((each) => ({ method: each, url, access: config?.access })),
  )
}

function refuseUndeclared(routes: readonly DeclaredRoute[], permissions: ReadonlySet<string>): void {
  const levels = new Set(['public', 'volunteer', 'signed-in'])
  const wrong = routes.filter(
    ({ access }) => access === undefined || !(levels.has(access) || permissions.has(access)),
  )
  if (wrong.length === 0) return
  const lines = wrong.map(({ method, url, access }) => `  ${method} ${url}: ${access ?? 'nothing'}`)
  throw new Error(`Routes without a known access:\n${lines.join('\n')}`)
}

/** Marks every route a plugin brings of its own; call inside the scope before registering the plugin. */
export function declareAll(scope: { addHook: FastifyInstance['addHook'] }, access: Access): void {
  scope.addHook('onRoute', (route: RouteOptions) => {
    route.config = { ...route.config, access }
  })
}

/**
 * Guards every route by what it declares, and keeps the server from starting when one declares nothing or a
 * permission that no role knows.
 */
export function guard(
  server: FastifyInstance,
  { authenticate, permissions }: { authenticate: Authenticate; permissions: ReadonlySet<string> },
): void {
  const routes: RouteOptions[] = []
  routesOf.set(server.server, routes)
  server.addHook('onRoute', (route) => void routes.push(route))
  server.addHook('onReady', async () => refuseUndeclared(declaredRoutes(server), permissions))

  server.decorateRequest('signedIn', null)
  server.decorateRequest('actor', {
    getter(this: FastifyRequest) {
      if (!this.signedIn) throw unauthenticated()
      return this.signedIn
    },
  })
  server.addHook('onRequest', (request, _, done) => {
    const { access } = request.routeOptions.config
    // Who holds a personal link is not signed in, and comes as a crowd: no promise for each.
    if (access === undefined || access === 'volunteer') return done()
    admit(request, access).then(() => done(), done)
  })

  async function admit(request: FastifyRequest, access: Access): Promise<void> {
    const { authorization, cookie } = request.headers
    if (access === 'public' && !authorization && !cookie) return
    request.signedIn = await authenticate(request).catch((error: unknown) => {
      if (access === 'public' && error instanceof DomainError) return null
      throw error
    })
    if (access === 'public') return
    if (!request.signedIn) throw unauthenticated()
    if (access !== 'signed-in' && !may(request.signedIn, access)) throw denied(access)
  }
}
