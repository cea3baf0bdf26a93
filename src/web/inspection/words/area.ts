import { useSpeech } from '../../words/speech.ts'

const areaZh = {
  parts: '督查各部分',
  rounds: '轮次',
  points: '点位',
  schemes: '测评体系',
}

const areaEn: typeof areaZh = {
  parts: 'Parts of inspection',
  rounds: 'Rounds',
  points: 'Points',
  schemes: 'Schemes',
}

export const areaWords = { zh: areaZh, en: areaEn }

/** The names of the pages of the area 督查: few, so both languages come with its pages. */
export function useAreaWords(): typeof areaZh {
  return areaWords[useSpeech().language]
}
