import { useSpeech } from '../../words/speech.ts'

const zh = {
  enlarge: (of: string, n: number) => `${of}照片${n}，在新窗口查看原图`,
  taken: (at: string) => `拍摄于${at}`,
}
const en: typeof zh = {
  enlarge: (of, n) => `${of}: picture ${n}, in full in a new window`,
  taken: (at) => `taken ${at}`,
}
const both = { zh, en }

/** What is said beside pictures: two texts, so both languages come with them. */
export function usePictureWords(): ReturnType<typeof useSpeech> & { r: typeof zh } {
  const speech = useSpeech()
  return { ...speech, r: both[speech.language] }
}
