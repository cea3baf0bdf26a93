/** Why the trail is not whole. */
export const brokenWords = {
  /** The entry is not what was sealed. */
  changed: { zh: '该条内容被改动', en: 'the entry is not what was sealed' },
  /** The entry was not recorded with the key. */
  forged: { zh: '该条不是本系统记录的', en: 'the entry was not recorded by this service' },
  /** An entry was deleted here. */
  missing: { zh: '该条被删除', en: 'an entry was deleted here' },
  /** Entries at the end were deleted. */
  tail_missing: { zh: '最新的记录被删除', en: 'entries at the end were deleted' },
  /** There are sealed entries, but the row with the ends of the chain is missing. */
  head_missing: { zh: '封存标记缺失', en: 'the ends of the chain are missing' },
  /** The ends of the chain were not written with the key. */
  head_forged: { zh: '封存标记被伪造', en: 'the ends of the chain were not written by this service' },
  /** An old head was restored: entries, or the head outside the database, show that more was sealed. */
  head_behind: { zh: '封存标记被换成旧的', en: 'older ends of the chain were put back' },
} as const
