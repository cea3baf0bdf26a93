import type { Task } from '../api/operations.ts'

/** How deep a number stands in its list: 一、 0, （一） 1, 1. 2; 3.2 one below 3. */
export function outlineDepth(outline: string): 0 | 1 | 2 {
  if (/[一二三四五六七八九十]、/.test(outline) || /^[一二三四五六七八九十]+$/.test(outline)) {
    if (!/[（(]/.test(outline)) return /\d/.test(outline) ? 2 : 0
    return /\d/.test(outline) ? 2 : 1
  }
  if (/[（(][一二三四五六七八九十]/.test(outline)) return /\d/.test(outline) ? 2 : 1
  const below = outline.split(/[.．-]/).filter(Boolean).length - 1
  return below >= 2 ? 2 : below === 1 ? 1 : 0
}

/** ○ not accepted, ◐ under way, ● signed off, ▲ overdue, ■ suspended, × cancelled. Readable in black and white. */
export function stateSymbol({ state, overdue }: Pick<Task, 'state' | 'overdue'>): string {
  if (overdue) return '▲'
  if (state === 'closed') return '●'
  if (state === 'suspended') return '■'
  if (state === 'cancelled') return '×'
  return state === 'draft' || state === 'issued' ? '○' : '◐'
}
