/** What the phone keeps of an inspector's work. Times are those of the phone's clock. */
import type { ObservationAnswer } from '#modules/inspection/words.ts'
import type { Standard, uploadVisit, VisitPacket } from '../../api/operations.ts'
import type { InputOf } from '../../core/operation.ts'

export type PacketVisit = VisitPacket['visits'][number]
export type Body = InputOf<typeof uploadVisit>['body']

/** What the phone needs of a standard. */
export type PhoneStandard = Pick<
  Standard,
  'id' | 'schemeId' | 'code' | 'text' | 'pointClass' | 'answer' | 'observations' | 'mayNotApply' | 'photo'
>

/** What a patrol chooses from. */
export interface Kit {
  at: number
  schemes: { id: string; name: string }[]
  standards: PhoneStandard[]
  zones: { id: string; name: string; parent: string }[]
}

export interface PictureRef {
  id: string
  at: number
}

/** One observation, as it is tapped. */
export interface Seen {
  answer: ObservationAnswer | null
  count: number | null
  note: string
  pictures: PictureRef[]
}

/** A visit that was begun, or a patrol: its standards are its own, so that a packet that changes takes nothing from it. */
export interface Work {
  id: string
  visitId: string | null
  patrol: { schemeId: string; zoneId: string } | null
  title: string
  place: string
  startedAt: number
  standards: PhoneStandard[]
  /** By standard and place among its observations: `id/1`. */
  seen: Record<string, Seen>
}

export interface Position {
  latitude: number
  longitude: number
}

/** A visit that is finished. What it sends stays the same, however often it is sent. */
export interface Upload {
  operationId: string
  title: string
  place: string
  finishedAt: number
  body: Body
  pictures: PictureRef[]
  /** Sent once: what it says may be at the service already. */
  tried: boolean
  /** The service has it; its pictures follow. */
  received: boolean
  /** Pictures that the service has. */
  arrived: string[]
  /** What the service said of pictures, or of the whole, that it does not take. */
  refused: { pictureId: string | null; text: string }[]
}

/** What became of an upload that is at home. Nothing of what was seen is in it. */
export interface Taken {
  operationId: string
  visitId: string | null
  title: string
  at: number
  held: boolean
  cases: number
  pictures: number
  /** What is told of it; `kept`: it was taken all the same. */
  remarks: { text: string; kept: boolean }[]
}

export interface KeptVisits {
  /** How far the phone's clock is ahead of the service's. */
  aheadMs: number
  packet: { at: number; visits: PacketVisit[]; standards: PhoneStandard[] } | null
  kit: Kit | null
  works: Work[]
  uploads: Upload[]
  taken: Taken[]
}
