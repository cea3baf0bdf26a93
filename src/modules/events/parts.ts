import Type from 'typebox'

/** Schema of a text with several lines: line breaks and tabs are allowed, other control characters are not. */
export function prose(maxLength: number) {
  return Type.String({ minLength: 1, maxLength, pattern: '^(?:[^\\p{Cc}]|[\\n\\r\\t])*$' })
}

/** Query parameter that filters by name. */
export const search = {
  search: Type.Optional(Type.String({ maxLength: 60, description: '名称中的文字 · a part of the name' })),
}
