/** What the room itself writes into documents. */
export const documentWords = {
  page: {
    zh: (page: number, of: number) => `第${page}页 共${of}页`,
    en: (page: number, of: number) => `Page ${page} of ${of}`,
  },
  missing: {
    zh: (mark: string, which: string) => `文中“${mark}”为字库未收录的字，请手工填写：${which}。`,
    en: (mark: string, which: string) =>
      `“${mark}” stands for characters that the font lacks; write them by hand: ${which}.`,
  },
  text: { zh: '正文', en: 'Text' },
  table: { zh: '表', en: 'Table' },
}
