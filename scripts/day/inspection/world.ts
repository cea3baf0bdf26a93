/** Whom the inspection is played by, on any service: one in a process of its own, or one of the tests. */

import type { District } from './scheme.ts'

/** Asks in the name of somebody. Every request must succeed. */
export interface Caller {
  // biome-ignore lint/suspicious/noExplicitAny: a response body of any operation
  get(path: string): Promise<any>
  // biome-ignore lint/suspicious/noExplicitAny: a response body of any operation
  post(path: string, body?: unknown): Promise<any>
  // biome-ignore lint/suspicious/noExplicitAny: a response body of any operation
  put(path: string, body?: unknown, ifMatch?: string): Promise<any>
  // biome-ignore lint/suspicious/noExplicitAny: a response body of any operation
  upload(path: string, files: { name: string; bytes: Buffer }[]): Promise<{ body: any }>
}

export interface World {
  /** The city office, acting for the unit that issues. */
  office(): Promise<Caller>
  /** Somebody of the office who made no visit, and decides on appeals. */
  referee(): Promise<Caller>
  inspector(): Promise<Caller>
  /** Whoever acts for a unit, by its name. */
  liaison(unit: string): Promise<Caller>
  inspectorId: string
  issuer: { id: string; name: string }
  districts: readonly (District & { unitIds: readonly string[] })[]
  /** Moves the clock; who calls next has signed in again where that is needed. */
  moveTo(time: string): Promise<void>
  /** Asks until what jobs do is done. */
  until<T>(ask: () => Promise<T>, done: (value: T) => boolean): Promise<T>
}

/** How much is played. */
export interface Size {
  rounds: number
  /** Points drawn in each round. */
  visits: number
  /** Points of each class in each district. */
  perClass: number
  cases: number
  /** Of the cases: with a deadline; and of these: signed off. */
  dated: number
  closed: number
}

/** Whether the n-th of many is one of `part` that are spread evenly over `whole`. */
export const spread = (n: number, part: number, whole: number): boolean =>
  Math.floor(((n + 1) * part) / whole) > Math.floor((n * part) / whole)
