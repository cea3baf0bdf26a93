/** A language of the console. */
export type Language = 'zh' | 'en'

/** The language of the preference, else the first of ours that the browser prefers, else Chinese. */
export function languageFor(preferred: Language | undefined, browser: readonly string[]): Language {
  if (preferred) return preferred
  for (const tag of browser) {
    const [language] = tag.toLowerCase().split('-')
    if (language === 'zh' || language === 'en') return language
  }
  return 'zh'
}

/** The `lang` of a text somebody typed, where it is not the one of the page: Chinese inside an English page. */
export function langOf(text: string): 'zh-CN' | undefined {
  return /\p{Script=Han}/u.test(text) ? 'zh-CN' : undefined
}
