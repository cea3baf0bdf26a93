import { Button } from 'antd'

/** A button that opens a dialog. */
export function OpenDialog({ text, primary, open }: { text: string; primary?: boolean; open: () => void }) {
  return (
    <Button type={primary ? 'primary' : 'default'} onClick={open}>
      {text}
    </Button>
  )
}
