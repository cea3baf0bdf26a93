import Type from 'typebox'

type Keys<T> = Extract<keyof T, string>

/** One of the words of a closed set. */
export function oneOf<T extends Record<string, unknown>>(words: T) {
  return Type.Unsafe<Keys<T>>({ type: 'string', enum: Object.keys(words) })
}

/** The value, or null where there is none. */
export function nullable<T extends Type.TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}

/** One line a person typed: no control characters, not blank. */
export function line(maxLength: number) {
  return Type.String({ minLength: 1, maxLength, pattern: '^[^\\p{Cc}]*[^\\p{Cc}\\s][^\\p{Cc}]*$' })
}

/** Text of several lines: line breaks and tabs, no other control characters. */
export function prose(maxLength: number) {
  return Type.String({ minLength: 1, maxLength, pattern: '^(?:[^\\p{Cc}]|[\\n\\r\\t])*$' })
}
