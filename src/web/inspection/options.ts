import type { Both } from '../words/speech.ts'

/** What can be chosen from a closed set, in the language of the page. */
export function optionsOf<K extends string>(
  words: Record<K, Both>,
  say: (text: Both) => string,
): { value: K; label: string }[] {
  return (Object.keys(words) as K[]).map((value) => ({ value, label: say(words[value]) }))
}
