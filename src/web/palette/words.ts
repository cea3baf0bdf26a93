import { useWords } from '../words/index.ts'

const paletteZh = {
  title: '快速查找',
  hint: '页面、活动、单位、队伍、人员、区域的名称或拼音',
  page: '页面',
  view: '收藏',
  event: '活动',
  unit: '单位',
  team: '队伍',
  person: '人员',
  zone: '区域',
  keep: (name: string) => `收藏当前页面为“${name}”`,
  forget: '取消收藏当前页面',
  kept: (name: string) => `已收藏“${name}”，在“查找”中打开`,
  forgotten: '已取消收藏',
}

const paletteEn: typeof paletteZh = {
  title: 'Go to',
  hint: 'A page, an event, a unit, a team, a person, a zone',
  page: 'Page',
  view: 'Saved view',
  event: 'Event',
  unit: 'Unit',
  team: 'Team',
  person: 'Person',
  zone: 'Zone',
  keep: (name) => `Save this page as “${name}”`,
  forget: 'Forget this saved view',
  kept: (name) => `“${name}” is saved; open it by “Go to”`,
  forgotten: 'No longer saved',
}

export const paletteWords = { zh: paletteZh, en: paletteEn }

/** The words of the palette: few, so both languages come with it. */
export function usePaletteWords() {
  const speech = useWords()
  return { ...speech, r: paletteWords[speech.language] }
}
