import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { momentOfStamp, momentText } from '../../core/time.ts'
import { useWords } from '../../words/index.ts'

/** How old what is shown is, where it could not be read again. `readAt`: by this browser's clock. */
export function Age({ readAt }: { readAt: number }) {
  const { w, language } = useWords()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  return <p>{w.failure.asOf(momentText(momentOfStamp(readAt), zone, language))}</p>
}
