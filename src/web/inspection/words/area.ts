import { useSpeech } from '../../words/speech.ts'

const areaZh = {
  parts: '督查各部分',
  rounds: '轮次',
  points: '点位',
  schemes: '测评体系',
  cases: '整改问题',
  held: '暂存上传',
  rankings: '排名',
  rates: '各项率',
  appeals: '申诉',
}

const areaEn: typeof areaZh = {
  parts: 'Parts of inspection',
  rounds: 'Rounds',
  points: 'Points',
  schemes: 'Schemes',
  cases: 'Cases',
  held: 'Held uploads',
  rankings: 'Rankings',
  rates: 'Rates',
  appeals: 'Appeals',
}

export const areaWords = { zh: areaZh, en: areaEn }

/** The names of the pages of the area 督查: few, so both languages come with its pages. */
export function useAreaWords(): typeof areaZh {
  return areaWords[useSpeech().language]
}
