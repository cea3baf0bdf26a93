import type { FastifyInstance, FastifyRequest, FastifySchema, RouteOptions } from 'fastify'
import type { DateTime } from 'luxon'
import { DomainError } from '../errors.ts'

/**
 * Who may call a route: `public` anybody; `link` the holder of a personal link; `signed-in` any session; otherwise a
 * permission, `things.verb`, that one of the actor's grants must contain. `screen` is whoever holds the link of a screen on a
 * wall: figures and no names, and nothing that acts.
 */
export type Access = 'public' | 'link' | 'screen' | 'signed-in' | `${string}.${string}`

/** A permission: its texts, and the kinds of scope over which it may be granted. */
export interface Permission {
  zh: string
  en: string
  scopes: readonly string[]
}

/** Permissions by name, `things.verb`: declared by the slice whose routes require them. */
export type Permissions = Readonly<Record<string, Permission>>

/**
 * A role and its scope: a path prefix of a tree (which a code may narrow), a code prefix, or one id; null means
 * everything. Only the slices know what the paths, codes and ids mean.
 */
export interface Grant {
  role: string
  permissions: ReadonlySet<string>
  scope: { path: string; code?: string } | { code: string } | { id: string } | null
}

/** A signed-in user. */
export interface Actor {
  userId: string
  sessionId: string
  name: string
  /** The client's address, for the audit trail. */
  address: string
  grants: readonly Grant[]
}

/** Who makes a change, and when. */
export interface Doing {
  by: Actor
  at: DateTime
}

/** Everything below a path that the code also covers. */
export interface Part {
  path: string
  code: string
}

/** The reach of an actor for one permission: the union of these lists. */
export type Reach =
  | { everything: true }
  | {
      everything: false
      paths: string[]
      /** Absent in a reach stored by an older release. */
      parts?: Part[]
      codes: string[]
      ids: string[]
    }

/** The empty reach. */
export const reachesNothing: Reach & { everything: false } = {
  everything: false,
  paths: [],
  parts: [],
  codes: [],
  ids: [],
}

export type Authenticate = (request: FastifyRequest) => Promise<Actor | null>

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyRequest {
    /** The signed-in user. @throws DomainError `access.unauthenticated` when there is none */
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

/** The reach of the actor for a permission. @throws DomainError forbidden `access.denied` when no grant contains it */
export function reachOf(actor: Actor, permission: string): Reach {
  const grants = actor.grants.filter((grant) => grant.permissions.has(permission))
  if (grants.length === 0) throw denied(permission)
  const scopes = grants.flatMap(({ scope }) => scope ?? [])
  if (scopes.length < grants.length) return { everything: true }
  const once = (values: string[]) => [...new Set(values)]
  return {
    everything: false,
    paths: once(scopes.flatMap((scope) => ('path' in scope && !scope.code ? scope.path : []))),
    parts: scopes.flatMap((scope) =>
      'path' in scope && scope.code ? { path: scope.path, code: scope.code } : [],
    ),
    codes: once(scopes.flatMap((scope) => ('path' in scope || !('code' in scope) ? [] : scope.code))),
    ids: once(scopes.flatMap((scope) => ('id' in scope ? scope.id : []))),
  }
}

/** Whether any grant of the actor contains the permission. */
export function may(actor: Actor, permission: string): boolean {
  return actor.grants.some((grant) => grant.permissions.has(permission))
}

export interface DeclaredRoute {
  method: string
  url: string
  access: Access | undefined
  schema: FastifySchema | undefined
}

const routesOf = new WeakMap<object, RouteOptions[]>()

/** The declared access of every route, in order of registration, HEAD routes included. Complete once the server is ready. */
export function declaredRoutes({ server }: { server: object }): DeclaredRoute[] {
  // Read at the end: `onRoute` hooks of a plugin run after the server's own and may still set the access.
  return (routesOf.get(server) ?? []).flatMap(({ method, url, config, schema }) =>
    [method].flat().map((each) => ({ method: each, url, access: config?.access, schema })),
  )
}

function assertDeclared(routes: readonly DeclaredRoute[], permissions: ReadonlySet<string>): void {
  const levels = new Set(['public', 'link', 'screen', 'signed-in'])
  const wrong = routes.filter(
    ({ access }) => access === undefined || !(levels.has(access) || permissions.has(access)),
  )
  if (wrong.length === 0) return
  const lines = wrong.map(({ method, url, access }) => `  ${method} ${url}: ${access ?? 'nothing'}`)
  throw new Error(`Routes without a known access:\n${lines.join('\n')}`)
}

/** Sets the access of all routes that a plugin adds; call inside the scope, before registering the plugin. */
export function declareAll(scope: { addHook: FastifyInstance['addHook'] }, access: Access): void {
  scope.addHook('onRoute', (route: RouteOptions) => {
    route.config = { ...route.config, access }
  })
}

/**
 * Enforces the declared access of every route. The server does not start when a route declares none, or a permission
 * that no role knows.
 */
export function guard(
  server: FastifyInstance,
  { authenticate, permissions }: { authenticate: Authenticate; permissions: ReadonlySet<string> },
): void {
  const routes: RouteOptions[] = []
  routesOf.set(server.server, routes)
  server.addHook('onRoute', (route) => void routes.push(route))
  server.addHook('onReady', async () => assertDeclared(declaredRoutes(server), permissions))

  server.decorateRequest('signedIn', null)
  server.decorateRequest('actor', {
    getter(this: FastifyRequest) {
      if (!this.signedIn) throw unauthenticated()
      return this.signedIn
    },
  })
  server.addHook('onRequest', (request, _, done) => {
    const { access } = request.routeOptions.config
    // Requests by personal link have no user and are the most frequent: answered synchronously, without a promise.
    if (access === undefined || access === 'link' || access === 'screen') return done()
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
