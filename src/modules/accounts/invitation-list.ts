import { type RoleName, roleWords } from './words.ts'

interface ListedInvitation {
  name: string
  login: string
  roles: readonly { role: RoleName; over: string }[]
  expiresAt: string
  link: string | null
}

/** A cell that no spreadsheet takes for a formula, quoted (RFC 4180). */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${plain.replaceAll('"', '""')}"`
}

/** The links as CSV with a byte order mark, which the spreadsheets of offices need to read Chinese. */
export function invitationList(invited: readonly ListedInvitation[]): string {
  const heading = ['姓名 Name', '登录名 Login', '角色 Role', '链接 Link', '有效期至 Valid until']
  const rows = invited.map(({ name, login, roles, link, expiresAt }) => {
    const what = roles.map(({ role, over }) => `${roleWords[role].zh} ${over}`).join('；')
    return [name, login, what, link ?? '', expiresAt]
  })
  return `\uFEFF${[heading, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}
