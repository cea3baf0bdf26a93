/** How presence is coloured: five steps from light yellow to dark blue, and a pattern below half. */
import type { Live } from '../../api/operations.ts'

export type Zone = Live['zones'][number]

export const steps = ['#fff3b8', '#b9e0b8', '#5fbdc1', '#2b7bb5', '#173f7a'] as const

export const hereOf = ({ present, counted }: Zone): number => present + counted
export const missingOf = (zone: Zone): number => Math.max(0, zone.expected - hereOf(zone))

/** Between 0 and 1; a zone that expects nobody is complete. */
export function rateOf(zone: Zone): number {
  return zone.expected === 0 ? 1 : Math.min(1, hereOf(zone) / zone.expected)
}

export function stepOf(zone: Zone): number {
  return Math.min(steps.length - 1, Math.floor(rateOf(zone) * steps.length))
}

export const isBelowHalf = (zone: Zone): boolean => rateOf(zone) < 0.5

/** Those that most people are missing from, first. */
export function worstOf(zones: readonly Zone[]): Zone[] {
  return zones
    .filter((zone) => missingOf(zone) > 0)
    .sort((a, b) => missingOf(b) - missingOf(a) || rateOf(a) - rateOf(b) || (a.id < b.id ? -1 : 1))
}
