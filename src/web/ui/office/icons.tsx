import type { ConfigProviderProps } from 'antd'

/** A sign beside words that say the same: drawn, and read aloud by nobody. */
function Icon({ path }: { path: string }) {
  return (
    <svg aria-hidden="true" width="1em" height="1em" viewBox="0 0 16 16" fill="none" stroke="currentColor">
      <path d={path} strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}

const down = <Icon path="M3.5 6 8 10.5 12.5 6" />
const calendar = <Icon path="M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2v3M10.5 2v3" />
export const cross = <Icon path="m4 4 8 8M12 4l-8 8" />
const busy = <Icon path="M8 2a6 6 0 1 1-6 6" />

/** antd's own signs name themselves in English to whoever listens; these do not. */
export const icons: Pick<ConfigProviderProps, 'select' | 'datePicker' | 'modal' | 'button'> = {
  select: { suffixIcon: down, loadingIcon: busy },
  datePicker: { suffixIcon: calendar, allowClear: { clearIcon: cross } },
  modal: { closeIcon: cross },
  button: { loadingIcon: busy, autoInsertSpace: false },
}
