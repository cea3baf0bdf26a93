import { me } from '../../core/session.ts'

/** As `platform/http/rehearsal.ts` marks what the service names. */
const ofRehearsal = () => {
  if (!me.get()?.simulated) return ''
  return document.documentElement.lang === 'en' ? 'rehearsal-' : '演练-'
}

/** Hands a file that the service answered with to whoever sits there, as a download. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = ofRehearsal() + name
  link.click()
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
