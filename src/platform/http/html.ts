/** Safe HTML: inserted into a page without escaping. */
export class Html {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

/** A value in a template: null, undefined and false write nothing; lists are joined. */
export type Part = Html | string | number | null | undefined | false | readonly Part[]

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Escapes text for an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] as string)
}

function written(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (part instanceof Html) return part.toString()
  if (Array.isArray(part)) return part.map(written).join('')
  return escapeHtml(String(part))
}

/**
 * A template for HTML: html`<p>${name}</p>`. Inserted values are escaped unless they are Html themselves.
 * Insert values into text and quoted attributes only, never into a script, a style or an unquoted attribute.
 */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  let text = strings[0] as string
  for (const [at, part] of parts.entries()) text += written(part) + strings[at + 1]
  return new Html(text)
}

/** Marks text as HTML without escaping it. Only for constants in the source. */
export function raw(text: string): Html {
  return new Html(text)
}
