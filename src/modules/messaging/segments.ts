import calculator from 'sms-segments-calculator'
import type { Capabilities } from './providers/provider.ts'

/**
 * The number of billed parts of a text message. China: 70 characters, or 67 per part, for every alphabet and with the
 * signature. Elsewhere: 160, or 153 per part, for text within GSM-7; else 70 or 67.
 * Characters are UTF-16 code units: an emoji counts as two.
 */
export function segmentsOf(text: string, billing: Capabilities['billing']): number {
  if (billing === 'none' || text === '') return 0
  if (billing === 'china') return text.length <= 70 ? 1 : Math.ceil(text.length / 67)
  return new calculator.SegmentedMessage(text).segmentsCount
}
