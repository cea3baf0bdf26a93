import loadHighs, { type Highs } from 'highs'

export type { Highs }

export interface HighsSolution {
  Status: string
  ObjectiveValue: number
  Columns: Record<string, { Primal: number }>
}

let loading: Promise<Highs> | undefined

/** HiGHS (Huangfu and Hall, Mathematical Programming Computation 10, 2018) as WebAssembly, loaded once. */
export function highs(): Promise<Highs> {
  loading ??= (loadHighs as unknown as () => Promise<Highs>)()
  return loading
}
