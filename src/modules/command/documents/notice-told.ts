/** A notice as it was told: whatever is renamed, reassigned or settled later, its document stays the same. */
export interface NoticeTold {
  issuer: string
  title: string
  documentNumber: string | null
  text: string | null
  publishedAt: string
  replies: { outline: string; text: string; unit: string; dueAt: string | null }[]
}
