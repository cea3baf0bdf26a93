import type { Values } from './kinds.ts'

/** A template that can be filled: a saved one, or the kind's default texts. */
export interface Template {
  signature: string | null
  subject: { zh: string; en: string } | null
  body: { zh: string; en: string }
  filedAs: string | null
}

const placeholder = /\{([A-Za-z][A-Za-z0-9]*)\}/g

/** The names of the variables in a text. */
export function variablesIn(text: string): string[] {
  return [...new Set([...text.matchAll(placeholder)].map((found) => found[1] as string))]
}

/** Whether the text has a brace that is not part of a variable. */
export function hasStrayBrace(text: string): boolean {
  return /[{}]/.test(text.replace(placeholder, ''))
}

/** Replaces the variables. Values are not expanded again. @throws Error for a variable without a value */
export function filled(text: string, values: Values): string {
  return text.replace(placeholder, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) throw new Error(`no value for the variable ${name}`)
    return value
  })
}

/** Puts the signature before a text message; operators block messages without one. */
export function signed(text: string, signature: string | null): string {
  return signature ? `【${signature}】${text}` : text
}

/** Replaces line breaks by spaces; mail subjects and text messages have one line. */
export function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}
