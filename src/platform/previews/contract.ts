import Type from 'typebox'
import { Body, Id, Instant } from '../http/schemas.ts'

/** What every preview answers beside its own figures: spread into the view. */
export const previewed = {
  token: Type.String({
    format: 'uuid',
    description: '预览凭证 · do exactly this, by sending it with the act',
  }),
  expiresAt: Instant,
}

/** The body of every act that was previewed. */
export const Performance = Body({ token: Id }, { $id: 'Performance' })
