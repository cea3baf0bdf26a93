import { writeCsv } from '#platform/files/index.ts'
import { type RoleName, roleWords } from '../words.ts'

interface ListedInvitation {
  name: string
  login: string
  roles: readonly { role: RoleName; over: string }[]
  expiresAt: string
  link: string | null
}

/** The links as CSV. With a byte order mark, because Excel needs it to read Chinese. */
export function invitationList(invited: readonly ListedInvitation[]): Buffer {
  const heading = ['姓名 Name', '账号 Login', '角色 Role', '链接 Link', '有效期至 Valid until']
  const rows = invited.map(({ name, login, roles, link, expiresAt }) => {
    const what = roles.map(({ role, over }) => `${roleWords[role].zh} ${over}`).join('；')
    return [name, login, what, link ?? '', expiresAt]
  })
  return writeCsv([heading, ...rows])
}
