import type { MemberRole, Sex, UnitKind } from '#modules/organisation/pure.ts'
import type { OwnReason, Reason, Remark } from '../reasons.ts'
import type { Column } from './blocks.ts'
import type { FieldName } from './fields/fields.ts'
import type { Headings } from './headings.ts'
import type { NamedPerson } from './said/titles.ts'
import type { StatedPhone } from './values.ts'

/** The values of a row by field; missing ones are absent. */
export interface Entry {
  name?: string
  sex?: Sex
  /** `YYYY-MM-DD`; `YYYY-MM` or `YYYY` when the list gives no day. */
  birthDate?: string
  identityNumber?: string
  phone?: string[]
  /** Numbers of other people, marked by a note in the cell: 13900000001（妻）. */
  otherPhones?: StatedPhone[]
  email?: string
  unit?: string
  team?: string
  class?: string
  grade?: string
  role?: MemberRole
  /** An unknown word for a role, to be asked about; empty when the cell is empty. */
  roleWord?: string
  teacher?: string
  teacherPhone?: string[]
  guardian?: string
  guardianPhone?: string[]
  secondGuardian?: string
  secondGuardianPhone?: string[]
  guardianConsent?: boolean
  residence?: string
  serviceCategory?: string
  skills?: string[]
  unitKind?: UnitKind
  parent?: string
  district?: string
  system?: string
  honourTitle?: string
  staffCount?: number
  liaison?: string
  liaisonPhone?: string[]
  leader?: string
  leaderPhone?: string[]
  aliases?: string[]
  longitude?: number
  latitude?: number
  heads?: number
  adults?: number
  minors?: number
  /** Values of the fields added by registers of other slices. */
  more?: Record<string, unknown>
}

/** An error of a row: the column's heading, the value (masked), the reason. */
export interface Problem {
  column: string | null
  field: FieldName | null
  value: string | null
  reason: Reason | OwnReason
  /** The line of the other row that the error refers to. */
  line?: number
}

export interface ReadEntry {
  entry: Entry
  problems: Problem[]
  remarks: Remark[]
  /** The row is hidden in its sheet. */
  hidden?: true
  /** Of several people side by side: the block they stand in, from 0. An empty block before it has no row. */
  block?: number
}

/** The context of parsing, beside the cells. */
export interface Reading {
  /** `YYYY-MM-DD`: the upper limit of birth dates. */
  today: string
  /** The area code for landlines written without one. */
  areaCode?: string | undefined
  headings: Headings
}

/** Values from lines above, which apply to all rows below: the class, the team. */
export interface Section {
  unit?: string
  class?: string
  team?: string
  role?: MemberRole
  /** The teacher of the class. */
  teacher?: NamedPerson
  /** The dividing lines above, one of each level: 一、市容环境, （一）主次干道. */
  lines?: string[]
  /** A dividing line above says something that is not understood. */
  unread?: true
}

/** The heading of the column with this field; null when there is none. */
export function headingOf(columns: readonly Column[], field: FieldName): string | null {
  return columns.find((column) => column.field === field)?.heading ?? null
}
