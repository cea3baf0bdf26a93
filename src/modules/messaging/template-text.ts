import type { Values } from './kinds.ts'

/** A template as it is sent: saved by somebody, or the kind's own words. */
export interface Template {
  signature: string | null
  subject: { zh: string; en: string } | null
  body: { zh: string; en: string }
  filedAs: string | null
}

const placeholder = /\{([A-Za-z][A-Za-z0-9]*)\}/g

/** The variables a text names. */
export function variablesIn(text: string): string[] {
  return [...new Set([...text.matchAll(placeholder)].map((found) => found[1] as string))]
}

/** Whether a brace stands in it that belongs to no variable. */
export function hasStrayBrace(text: string): boolean {
  return /[{}]/.test(text.replace(placeholder, ''))
}

/** The text with its values; a value never brings a variable of its own. @throws Error for a variable without a value */
export function filled(text: string, values: Values): string {
  return text.replace(placeholder, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) throw new Error(`no value for the variable ${name}`)
    return value
  })
}

/** A text message opens with its signature, or the operators block it. */
export function signed(text: string, signature: string | null): string {
  return signature ? `【${signature}】${text}` : text
}

/** On one line: what a subject and a text message are. */
export function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}
