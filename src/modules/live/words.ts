import type { Words } from '#modules/organisation/index.ts'

/** The texts of this slice's error codes: what is wrong and what to do. */
export const liveErrors: Record<string, Words> = {
  'event.unpublished': {
    zh: '活动发布后才能查看现场负责人电话。',
    en: 'The numbers of those in charge are there once the event is published.',
  },
  'screen.ended': {
    zh: '大屏链接已失效，请向主办单位索取新的链接。',
    en: 'This screen has ended. Ask the unit that organises the event for another link.',
  },
  'screen.missing': { zh: '没有这个大屏链接。', en: 'There is no such screen.' },
  'screen.unknown': {
    zh: '大屏链接无效或不完整，请核对地址。',
    en: 'This screen is not known. Check its address.',
  },
}
