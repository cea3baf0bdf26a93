/** A subject as it is stored: `participation:ID`. Opaque here; the slice that queues the message knows its meaning. */
export type Subject<Kind extends string = string> = `${Kind}:${string}`

/** A subject and the person it is about; null when there is no such person. */
export interface AboutPerson {
  subject: Subject
  personId: string | null
}

/**
 * Declares the kinds of subject of one slice; returns the only functions that format and parse them. The kinds are
 * stored in rows, so a kind is never renamed.
 */
export function subjectKinds<const Kind extends string>(...kinds: readonly Kind[]) {
  return {
    subject: <K extends Kind>(kind: K, id: string): Subject<K> => `${kind}:${id}`,
    /** @throws Error when the subject is of another kind */
    subjectId(kind: Kind, subject: string): string {
      if (!subject.startsWith(`${kind}:`)) throw new Error(`a subject of kind ${kind} was expected`)
      return subject.slice(kind.length + 1)
    },
    kindOf: (subject: string): Kind | undefined => kinds.find((kind) => subject.startsWith(`${kind}:`)),
  }
}
