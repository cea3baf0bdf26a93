import { Button } from 'antd'
import { useRef, useState } from 'react'
import { pictureFlags, pictureStages } from '#platform/pictures/words.ts'
import { addTaskPicture, listTaskPictures, removeTaskPicture, type WholeTask } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import type { Operation } from '../core/operation.ts'
import { readAgain, useAsk } from '../core/query.ts'
import { newUuid } from '../core/uuid.ts'
import { Trouble } from '../ui/office/page.tsx'
import { Panel } from '../ui/office/panel.tsx'
import { useCityWords } from './words.ts'

/** The pictures of a task; what looks odd about one stands below it. Whoever works on it adds some. */
export function TaskPictures({
  task,
  also = [],
}: {
  task: WholeTask
  /** What else is read again when a picture came or went. */
  also?: readonly Operation<never, unknown>[]
}) {
  const { r, say } = useCityWords()
  const found = useAsk(listTaskPictures, { params: { taskId: task.id } })
  const { left, error, send, remove } = useSending(task.id, also)
  const items = found.data?.items ?? []
  const mine = task.allowed.moves.includes('report')
  return (
    <Panel label={r.pictures}>
      <h2>{r.pictures}</h2>
      {items.length === 0 && <p className="soft">{r.noPictures}</p>}
      <ul className="task-pictures">
        {items.map((picture) => (
          <li key={picture.id}>
            <img src={picture.url} alt={say(pictureStages[picture.stage])} loading="lazy" />
            <div className="soft">
              {say(pictureStages[picture.stage])}
              {picture.flags.map((flag) => (
                <div key={flag} className="bad">
                  ! {say(pictureFlags[flag])}
                </div>
              ))}
            </div>
            {mine && (
              <Button size="small" onClick={() => remove(picture.id)}>
                {r.removePicture}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mine && (
        <div className="task-acts">
          <Chooser text={r.addBefore} send={(files) => send(files, 'before')} />
          <Chooser text={r.addAfter} send={(files) => send(files, 'after')} />
        </div>
      )}
      <p role="status">{left > 0 ? r.sending(left) : ''}</p>
      {error !== undefined && <Trouble error={error} />}
    </Panel>
  )
}

/** A button that asks for files. */
function Chooser({ text, send }: { text: string; send: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button onClick={() => input.current?.click()}>{text}</Button>
      <input
        ref={input}
        type="file"
        aria-label={text}
        accept="image/jpeg,image/png,image/webp"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])]
          currentTarget.value = ''
          send(files)
        }}
      />
    </>
  )
}

/** Pictures go one by one, each under an id of its own, so that one that is sent again is there once. */
function useSending(taskId: string, also: readonly Operation<never, unknown>[]) {
  const [left, setLeft] = useState(0)
  const [error, setError] = useState<unknown>()
  const attempt = async (work: () => Promise<unknown>) => {
    setError(undefined)
    try {
      await work()
    } catch (failed) {
      setError(failed)
    }
    setLeft(0)
    await readAgain(listTaskPictures, ...also)
  }
  const send = (files: readonly File[], stage: 'before' | 'after') =>
    void attempt(async () => {
      for (const [n, file] of files.entries()) {
        setLeft(files.length - n)
        const body = new FormData()
        body.append('files', file)
        const taken = file.lastModified > 0 ? { claimedAt: new Date(file.lastModified).toISOString() } : {}
        const params = { taskId, pictureId: newUuid() }
        await ask(addTaskPicture, { params, query: { stage, ...taken }, body })
      }
    })
  const remove = (pictureId: string) =>
    void attempt(() => ask(removeTaskPicture, { params: { taskId, pictureId } }))
  return { left, error, send, remove }
}
