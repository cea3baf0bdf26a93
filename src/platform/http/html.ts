/** Text that is safe to stand in a page as it is. */
export class Html {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

/** What may stand in a template: nothing is written for null, undefined and false, lists are joined. */
export type Part = Html | string | number | null | undefined | false | readonly Part[]

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for an element or a quoted attribute. */
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
 * A piece of a page: html`<p>${name}</p>`. Everything inserted is escaped unless it is Html itself.
 * Insert into text and quoted attributes only, never into a script, a style or an unquoted attribute.
 */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  let text = strings[0] as string
  for (const [at, part] of parts.entries()) text += written(part) + strings[at + 1]
  return new Html(text)
}

/** Text that is markup already. Only for constants of ours. */
export function raw(text: string): Html {
  return new Html(text)
}
