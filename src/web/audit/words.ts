import { auditEn } from '../words/audit-en.ts'
import { auditZh } from '../words/audit-zh.ts'
import { roomWords } from '../words/room.ts'

/** The words of the page of the audit trail. */
export const useAuditWords = roomWords(auditZh, auditEn)
