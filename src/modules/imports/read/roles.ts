/** The meaning of role words in lists. Data: an unknown word is asked about, never assumed to mean a pupil. */
import type { MemberRole } from '#modules/organisation/pure.ts'

interface RoleWords {
  /** The whole word. */
  is: readonly string[]
  /** The ending of the word: 语文教师. */
  ends?: readonly string[]
}

/** The order matters: 副队长 is not 队长, 副班主任 is a teacher, 班长 a pupil. */
const roleWords: readonly (readonly [role: MemberRole, words: RoleWords])[] = [
  [
    'deputy',
    {
      is: ['副队长', '副领队', '副负责人', '副组长', 'deputy', 'deputyleader', 'viceleader'],
      ends: ['副队长'],
    },
  ],
  [
    'teacher',
    {
      is: [
        '师',
        '教',
        '带班',
        '班主任',
        '副班主任',
        '辅导员',
        '校长',
        '副校长',
        '园长',
        '副园长',
        '教职工',
        '教工',
        '校医',
        '保育员',
        'teacher',
        'headteacher',
      ],
      ends: ['教师', '老师', '班主任', '辅导员', '校长', '园长', '教导主任', '年级主任', '德育主任', '教练'],
    },
  ],
  [
    'leader',
    {
      is: ['队长', '领队', '负责人', '组长', '带队', '带队人', 'leader', 'teamleader', 'captain'],
      ends: ['队长', '领队'],
    },
  ],
  [
    'pupil',
    {
      is: [
        '生',
        '学生',
        '小学生',
        '中学生',
        '初中生',
        '高中生',
        '在校生',
        '班长',
        '副班长',
        '少先队员',
        '共青团员',
        '团员',
        '班干部',
        '学习委员',
        '体育委员',
        '中队长',
        '大队长',
        '小队长',
        'pupil',
        'student',
      ],
      ends: ['学生', '同学', '委员'],
    },
  ],
  [
    'member',
    {
      is: [
        '队员',
        '成员',
        '组员',
        '志愿者',
        '家长',
        '家长志愿者',
        '监护人',
        '父亲',
        '母亲',
        '家属',
        'member',
        'volunteer',
        'parent',
      ],
    },
  ],
]

/** The word for comparison, without a note in brackets: 教师（带队） is a teacher. */
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/\([^)]*\)|\[[^\]]*\]/g, '')
    .replace(/[\s·.、。-]/g, '')
    .toLowerCase()

/** The order in a class: the words for teachers and pupils come first, so that 中队长 is a pupil and not a leader. */
const inClasses = roleWords.toSorted(([a], [b]) => rankInClass(a) - rankInClass(b))

function rankInClass(role: MemberRole): number {
  return role === 'teacher' ? 0 : role === 'pupil' ? 1 : 2
}

/**
 * The role of a word; undefined for an unknown word. @param inClass in a class a 中队长 is a pupil, in a team the leader
 */
export function roleOfWord(text: string, inClass: boolean): MemberRole | undefined {
  const word = plain(text)
  if (word === '') return undefined
  return (inClass ? inClasses : roleWords).find(
    ([, { is, ends = [] }]) => is.includes(word) || ends.some((end) => word.endsWith(end)),
  )?.[0]
}
