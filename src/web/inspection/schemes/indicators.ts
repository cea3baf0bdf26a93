/** 指标 as text: a line each, its code, a space and its name. */

export interface Indicator {
  code: string
  name: string
}

export const textOfIndicators = (indicators: readonly Indicator[]): string =>
  indicators.map(({ code, name }) => `${code} ${name}`).join('\n')

/** What the lines say, or the number of the one that is no indicator. */
export function indicatorsIn(text: string): Indicator[] | { wrongLine: number } {
  const indicators: Indicator[] = []
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const [, code = '', name = ''] = /^(\S+)\s+(.+)$/.exec(line.trim()) ?? []
    if (code === '' || name === '') return { wrongLine: at + 1 }
    indicators.push({ code, name: name.trim() })
  }
  return indicators
}
