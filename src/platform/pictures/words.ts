type Words = { zh: string; en: string }

/** Of which moment of the work a picture is. */
export const pictureStages = {
  before: { zh: '整改前', en: 'Before' },
  after: { zh: '整改后', en: 'After' },
  evidence: { zh: '佐证', en: 'Evidence' },
} as const satisfies Record<string, Words>
export type PictureStage = keyof typeof pictureStages

/** Where it was taken, seen from the place it is about. */
export const picturePlaces = {
  inside: { zh: '在现场', en: 'At the place' },
  near: { zh: '在附近', en: 'Nearby' },
  far: { zh: '不在现场', en: 'Far away' },
  none: { zh: '无定位', en: 'No position' },
} as const satisfies Record<string, Words>
export type PicturePlace = keyof typeof picturePlaces

/** What looks odd about a picture. It is told, and blocks nothing. */
export const pictureFlags = {
  same_elsewhere: { zh: '与其他事项的照片相同', en: 'The same picture is under another thing' },
  same_stage: { zh: '整改前后照片相同', en: 'The same picture is before and after' },
  time_ahead: { zh: '拍摄时间晚于上传时间', en: 'It claims a time that was still to come' },
  time_old: { zh: '拍摄于上传前两天以上', en: 'It claims a time more than two days before' },
} as const satisfies Record<string, Words>
export type PictureFlag = keyof typeof pictureFlags

/** The texts of the error codes: what is wrong and what to do. */
export const pictureErrors: Record<string, Words> = {
  'picture.missing': { zh: '没有这张照片，或您无权查看。', en: 'There is no such picture for you to see.' },
  'picture.wrong_type': {
    zh: '文件不是照片。请上传JPEG、PNG或WebP格式的照片。',
    en: 'This is no picture. Send a JPEG, PNG or WebP file.',
  },
  'picture.too_many_pixels': {
    zh: '照片像素过大（最多{megapixels}百万像素），请压缩后上传。',
    en: 'The picture has too many pixels ({megapixels} million at most). Make it smaller.',
  },
  'picture.damaged': {
    zh: '照片文件损坏或不完整，请重新拍摄或选择。',
    en: 'The picture is damaged or not complete. Take or choose it again.',
  },
  'picture.id_taken': {
    zh: '照片编号已被另一张照片使用，请重新上传。',
    en: 'Another picture has this id. Send it anew.',
  },
  'picture.too_many': { zh: '每个事项最多{max}张照片。', en: 'At most {max} pictures of one thing.' },
}
