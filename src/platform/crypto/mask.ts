/** Masks a phone number: `138****5678`; a shorter number shows at most its last two digits. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/^\+86/, '')
  if (digits.length >= 11) return `${digits.slice(0, digits.length - 8)}****${digits.slice(-4)}`
  if (digits.length >= 7) return `${digits.slice(0, 1)}****${digits.slice(-2)}`
  return '****'
}

/**
 * Masks a name: shows the first character and, from three characters on, the last: `张*三`, `张*`, `欧**雪`; other
 * scripts by word: `A*** S****`.
 */
export function maskName(name: string): string {
  const text = name.trim()
  if (!/\p{Script=Han}/u.test(text)) {
    return text
      .split(/\s+/)
      .map((word) => first(word) + '*'.repeat(Math.max(0, [...word].length - 1)))
      .join(' ')
  }
  const characters = [...text]
  if (characters.length < 2) return text
  if (characters.length === 2) return `${characters[0]}*`
  return `${characters[0]}${'*'.repeat(characters.length - 2)}${characters.at(-1)}`
}

function first(word: string): string {
  return [...word][0] ?? ''
}

/** Masks an identity number: shows its first and last character: `2****************X`. */
export function maskIdentity(identity: string): string {
  const text = identity.trim()
  if (text.length < 6) return '*'.repeat(text.length)
  return `${text.slice(0, 1)}${'*'.repeat(text.length - 2)}${text.slice(-1)}`
}

/** Masks an e-mail address: `z***@example.cn`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return at < 1 ? '***' : `${first(email)}***${email.slice(at)}`
}
