export interface Converted {
  /** Oriented, at most 1,600 pixels long, without metadata. */
  jpeg: Uint8Array
  width: number
  height: number
  differenceHash: string
}

/** What the other process says instead. */
export type Refused = { refused: 'damaged'; because: string } | { refused: 'too_many_pixels' }
