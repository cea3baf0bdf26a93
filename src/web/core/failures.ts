import type { ClientErrorKind } from '#modules/desk/words.ts'
import { tellClientError } from '../api/operations.ts'
import { ask } from './ask.ts'
import { me, session } from './session.ts'
import { build } from './version.ts'

/** The pattern of the present page, told by whoever knows the routes. */
let page = '/'
export function pageIs(pattern: string): void {
  page = pattern
}

/** Places in our own files, without anything an error quotes. */
export function placesIn(stack: string | undefined): string[] {
  const found = (stack ?? '').matchAll(/\/assets\/([\w.-]+\.js):(\d+):(\d+)/g)
  return [...found].slice(0, 10).map(([, file, line, column]) => `${file}:${line}:${column}`)
}

/** Tells the service that something failed here: the class of the error and where, never its message. */
export function tellFailure(kind: ClientErrorKind, error: unknown): void {
  if (!me.get() || session.get() !== 'open') return
  const { name, stack } = error instanceof Error ? error : new Error()
  const body = {
    kind,
    page,
    error: /^[A-Za-z]{1,60}$/.test(name) ? name : 'Error',
    at: placesIn(stack),
    ...(build ? { build } : {}),
  }
  // Whether it arrives matters to nobody who sits here.
  ask(tellClientError, { body }).catch(() => undefined)
}

/** Tells of whatever nobody caught. */
export function watchFailures(): void {
  window.addEventListener('error', ({ error }) => tellFailure('script', error))
  window.addEventListener('unhandledrejection', ({ reason }) => tellFailure('promise', reason))
}
