/** The states of a job and their texts. `dead`: it used up its attempts and waits for an operator. */
export const jobStates = {
  waiting: { zh: '等待', en: 'waiting' },
  running: { zh: '进行中', en: 'running' },
  done: { zh: '已完成', en: 'done' },
  dead: { zh: '已停止，需人工处理', en: 'dead, needs a person' },
} as const

export type JobState = keyof typeof jobStates
