import type { AuditWords } from '../words/audit-zh.ts'
import { roomWords } from '../words/lazily.ts'

/** The words of the page of the audit trail. */
export const useAuditWords = roomWords<AuditWords>({
  zh: async () => (await import('../words/audit-zh.ts')).auditZh,
  en: async () => (await import('../words/audit-en.ts')).auditEn,
})
