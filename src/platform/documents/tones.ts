import type { Tone } from './parts.ts'
import type { Ink } from './pen.ts'

/** Colours on white paper; each is dark enough to be read when it is printed in black and white. */
export const toneColors: Record<Tone, string> = {
  plain: '#000000',
  good: '#1a7f37',
  warn: '#855d00',
  bad: '#b3261e',
  soft: '#555555',
}

export const inkOf = (size: number, tone: Tone = 'plain'): Ink => ({ size, color: toneColors[tone] })
