import Type, { type TSchema } from 'typebox'

/** A string enum of the keys of a closed set. */
export function among<K extends string>(keys: readonly K[]) {
  return Type.Unsafe<K>({ type: 'string', enum: [...keys] })
}
export const keysOf = <K extends string>(words: Record<K, unknown>) => Object.keys(words) as K[]
export const maybe = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
export const text = Type.Object({ zh: Type.String(), en: Type.String() })
export const count = () => Type.Integer({ minimum: 0 })
