import { Button } from 'antd'
import type { MouseEvent } from 'react'
import { useNavigate } from 'react-router'

/** A link that looks like a button; opened in a new tab it is a link like any other. */
export function LinkButton({ to, primary, text }: { to: string; primary?: boolean; text: string }) {
  const navigate = useNavigate()
  const go = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    void navigate(to)
  }
  return (
    <Button href={to} type={primary ? 'primary' : 'default'} onClick={go}>
      {text}
    </Button>
  )
}
