import { styleText } from 'node:util'
import { besides } from './columns.ts'
import { processorSeconds } from './processor.ts'

/** A progress bar on a terminal. When the output is no terminal, it prints only one line at the end of a phase. */
export class Bar {
  readonly #label: string
  readonly #total: number
  readonly #started = performance.now()
  readonly #before = processorSeconds()
  #done = 0
  #drawn = 0

  constructor(label: string, total: number) {
    this.#label = label
    this.#total = Math.max(1, total)
    this.#draw(true)
  }

  /** Sets the progress to `done`; without an argument, advances it by one. */
  step(done = this.#done + 1): void {
    this.#done = Math.min(done, this.#total)
    this.#draw(false)
  }

  /** Ends the phase and prints its result. */
  end(result = ''): void {
    this.#done = this.#total
    const seconds = ((performance.now() - this.#started) / 1000).toFixed(1)
    const { player, service } = processorSeconds()
    const used = `${(service - this.#before.service).toFixed(1)} + ${(player - this.#before.player).toFixed(1)}`
    const line = besides([`  ✓ ${this.#label}`, result, `${seconds} s (处理器 · processor ${used})`])
    const shown = line.replace('✓', styleText('green', '✓'))
    process.stdout.write(process.stdout.isTTY ? `\r\x1b[2K${shown}\n` : `${shown}\n`)
  }

  #draw(force: boolean): void {
    if (!process.stdout.isTTY) return
    const now = performance.now()
    if (!force && now - this.#drawn < 80) return
    this.#drawn = now
    const share = this.#done / this.#total
    const width = 28
    const full = Math.round(share * width)
    process.stdout.write(
      `\r\x1b[2K  ${'█'.repeat(full)}${'░'.repeat(width - full)} ${String(Math.round(share * 100)).padStart(3)} %  ${this.#label}`,
    )
  }
}

export const say = (text: string) => process.stdout.write(`\n  ${text}\n`)

/** Runs one phase with its own progress bar. */
export async function phase<T>(
  label: string,
  total: number,
  work: (bar: Bar) => Promise<T>,
  result: (value: T) => string = () => '',
): Promise<T> {
  const bar = new Bar(label, total)
  const value = await work(bar)
  bar.end(result(value))
  return value
}
