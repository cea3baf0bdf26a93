import { Input, type InputRef, Modal } from 'antd'
import { useDeferredValue, useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { preferences } from '../core/preferences.ts'
import { useStore } from '../core/store.ts'
import { Trouble } from '../ui/office/page.tsx'
import { tellDone } from '../ui/office/undo-bar.tsx'
import { Given } from '../ui/plain/given.tsx'
import { type Choice, useChoices } from './choices.ts'
import { keepView } from './views.ts'
import { usePaletteWords } from './words.ts'
import './palette.css'

/** Goes anywhere by a few letters: pages, saved views, and whatever is called so. Arrows choose, Enter opens. */
export function Palette({ close }: { close: () => void }) {
  const { r, w } = usePaletteWords()
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  const views = useStore(preferences).views ?? []
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const [error, setError] = useState<unknown>()
  const input = useRef<InputRef>(null)
  const asked = useDeferredValue(typed.trim())
  const here = pathname + search
  const saved = views.some(({ path }) => path === here)
  const choices = useChoices(asked)
  const keep: Choice[] =
    asked === ''
      ? []
      : [
          {
            kind: r.view,
            text: saved ? r.forget : r.keep(asked),
            path: '',
            act: async () => ((await keepView(here, asked)) ? r.kept(asked) : r.forgotten),
          },
        ]
  const all = [...choices, ...keep]
  const chosen = Math.min(at, all.length - 1)
  const open = async (choice: Choice | undefined) => {
    if (!choice) return
    try {
      if (choice.act) tellDone({ text: await choice.act() })
      else void navigate(choice.path)
      close()
    } catch (failed) {
      setError(failed)
    }
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setAt((chosen + step + all.length) % Math.max(all.length, 1))
    }
    // Enter that ends the composition of Chinese characters opens nothing.
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) void open(all[chosen])
  }
  return (
    <Modal
      open
      title={r.title}
      footer={null}
      onCancel={close}
      afterOpenChange={(shown) => shown && input.current?.focus()}
      closable={{ 'aria-label': w.common.close }}
    >
      <Input
        ref={input}
        type="search"
        role="combobox"
        aria-label={r.title}
        aria-expanded
        aria-controls="palette-choices"
        aria-activedescendant={all[chosen] ? `palette-${chosen}` : undefined}
        placeholder={r.hint}
        maxLength={60}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      {error !== undefined && <Trouble error={error} />}
      <div id="palette-choices" className="palette" role="listbox" aria-label={r.title}>
        {all.map((choice, index) => (
          <div
            key={`${choice.kind} ${choice.path} ${choice.text}`}
            id={`palette-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onClick={() => void open(choice)}
            onKeyDown={() => undefined}
            onPointerEnter={() => setAt(index)}
          >
            {choice.given ? (
              <Given>{choice.text}</Given>
            ) : (
              <span translate={choice.act ? 'no' : undefined}>{choice.text}</span>
            )}
            <small className="soft">
              {choice.kind}
              {choice.detail && (
                <>
                  {' '}
                  <Given>{choice.detail}</Given>
                </>
              )}
            </small>
          </div>
        ))}
      </div>
      {asked !== '' && choices.length === 0 && <p className="soft">{w.common.nothingFound}</p>}
    </Modal>
  )
}
