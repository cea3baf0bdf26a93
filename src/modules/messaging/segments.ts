import calculator from 'sms-segments-calculator'
import type { Capabilities } from './providers/provider.ts'

/**
 * Billed parts of a text message. In China one part holds 70 characters and each part of a longer one 67, whatever
 * the alphabet, and the signature counts. Elsewhere a text within GSM-7 has 160, then 153.
 * Characters are UTF-16 code units: an emoji counts as two.
 */
export function segmentsOf(text: string, billing: Capabilities['billing']): number {
  if (billing === 'none' || text === '') return 0
  if (billing === 'china') return text.length <= 70 ? 1 : Math.ceil(text.length / 67)
  return new calculator.SegmentedMessage(text).segmentsCount
}
