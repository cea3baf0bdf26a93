/** What an operation of the service takes, in the places it takes it. */
export interface Input {
  params?: object
  query?: object
  body?: unknown
}

/** An operation of the service. The types are carried along and are nowhere at run time. */
export interface Operation<In = Input, Answer = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With its parameters as `{eventId}`. */
  readonly path: string
  readonly types?: (input: In) => Answer
}

export type InputOf<O> = O extends Operation<infer In, infer _> ? In : never
export type AnswerOf<O> = O extends Operation<infer _, infer Answer> ? Answer : never

/** The address of an operation with its parameters and its query. Empty values of the query are left out. */
export function addressOf({ path }: Operation<never>, { params = {}, query = {} }: Input): string {
  const values = params as Record<string, string>
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))
  const asked = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  const search = new URLSearchParams(
    asked.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()
  return search ? `${address}?${search}` : address
}
