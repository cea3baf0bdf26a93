const numerals = /[一二三四五六七八九十]/

/** Whether a book counts as offices do: 一、（一）1. */
export const countsInChinese = (outlines: readonly string[]) => outlines.some((each) => numerals.test(each))

/** How deep a number stands in its list: 一、 0, （一） 1, 1. 2; where there are no such numerals 3.2 is one below 3. */
export function outlineDepth(outline: string, chinese: boolean): 0 | 1 | 2 {
  if (chinese) {
    if (/\d/.test(outline)) return 2
    return /[（(]/.test(outline) ? 1 : 0
  }
  const below = outline.split(/[.．-]/).filter(Boolean).length - 1
  return below >= 2 ? 2 : below === 1 ? 1 : 0
}
