import Type from 'typebox'

/** Text of several lines: line breaks and tabs, no other control characters. */
export function prose(maxLength: number) {
  return Type.String({ minLength: 1, maxLength, pattern: '^(?:[^\\p{Cc}]|[\\n\\r\\t])*$' })
}
