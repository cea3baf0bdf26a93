/** Small schemas shared by several contracts. */
import Type from 'typebox'
import { Id } from '#platform/http/schemas.ts'

type Keys<T> = Extract<keyof T, string>

/** A key of a closed set. */
export function oneOf<T extends Record<string, unknown>>(words: T) {
  return Type.Unsafe<Keys<T>>({ type: 'string', enum: Object.keys(words) })
}

/** A thing of ours as others name it. */
export const Named = Type.Object({ id: Id, name: Type.String() })

/** The value, or null where it is not known. */
export function nullable<T extends Type.TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}

/** One line of typed text: no control characters, not blank. */
export function line(maxLength: number) {
  return Type.String({ minLength: 1, maxLength, pattern: '^[^\\p{Cc}]*[^\\p{Cc}\\s][^\\p{Cc}]*$' })
}

/** The code of an administrative division. */
export const DistrictCode = Type.String({
  pattern: '^[0-9]{2,12}$',
  description: 'Code of an administrative division (GB/T 2260), such as 210502',
})
/** Latitude in degrees, WGS-84. */
export const Latitude = Type.Number({ minimum: -90, maximum: 90, description: 'Degrees, WGS-84' })
/** Longitude in degrees, WGS-84. */
export const Longitude = Type.Number({ minimum: -180, maximum: 180, description: 'Degrees, WGS-84' })
