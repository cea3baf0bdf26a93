import { useAccountsWords } from './words.ts'

interface Props {
  user: { activated: boolean; disabledAt: string | null }
}

/** Whether somebody can sign in with an account: a sign and a word. */
export function UserState({ user }: Props) {
  const { r } = useAccountsWords()
  const [className, sign, text] = user.disabledAt
    ? ['cancelled', '✕', r.disabledYes]
    : user.activated
      ? ['published', '✓', r.active]
      : ['draft', '○', r.activatedNo]
  return (
    <span className={`state ${className}`}>
      <span aria-hidden="true">{sign}</span>
      {text}
    </span>
  )
}
