import type { Speech } from '../words/index.ts'

/** The members of a closed set as the options of a choice, in the order of the set. */
export function optionsOf<K extends string>(
  words: Readonly<Record<K, { zh: string; en: string }>>,
  say: Speech['say'],
): { value: K; label: string }[] {
  return (Object.keys(words) as K[]).map((value) => ({ value, label: say(words[value]) }))
}
