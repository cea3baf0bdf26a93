import { useState } from 'react'
import {
  addTaskPicture,
  type listTaskPictures,
  type readTask,
  removeTaskPicture,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import type { AnswerOf } from '../../core/operation.ts'
import { newUuid } from '../../core/uuid.ts'
import { Button, Trouble, useQueue } from '../parts.tsx'
import type { Reading } from '../reading.ts'
import { useWords } from '../words/index.ts'

type Stage = 'before' | 'after'

/** Pictures are sent one by one, each under an id of its own, so that one that is sent again is there once. */
export function Pictures({
  task,
  of,
}: {
  task: AnswerOf<typeof readTask>
  of: Reading<AnswerOf<typeof listTaskPictures>>
}) {
  const { w } = useWords()
  const [left, setLeft] = useState(0)
  const doing = useQueue()
  const owed = task.state === 'issued' || task.state === 'accepted'
  const send = (files: readonly File[], stage: Stage) =>
    doing.run(async () => {
      for (const [n, file] of files.entries()) {
        setLeft(files.length - n)
        const body = new FormData()
        body.append('files', file)
        const params = { taskId: task.id, pictureId: newUuid() }
        const taken = file.lastModified > 0 ? { claimedAt: new Date(file.lastModified).toISOString() } : {}
        await ask(addTaskPicture, { params, query: { stage, ...taken }, body })
        await of.again()
      }
      setLeft(0)
    })
  const remove = (pictureId: string) =>
    doing.run(async () => {
      await ask(removeTaskPicture, { params: { taskId: task.id, pictureId } })
      await of.again()
    })
  return (
    <section className="card">
      <h2>{w.tasks.pictures}</h2>
      <ul className="pictures">
        {of.data?.items.map((picture) => (
          <li key={picture.id}>
            <img src={picture.url} alt={w.tasks.stages[picture.stage]} loading="lazy" />
            <small>
              {w.tasks.stages[picture.stage]}
              {picture.flags.map((flag) => ` · ! ${w.tasks.flags[flag]}`)}
            </small>
            {owed && <Button onPress={() => remove(picture.id)}>{w.tasks.remove}</Button>}
          </li>
        ))}
      </ul>
      {owed &&
        (['before', 'after'] as const).map((stage) => (
          <label key={stage} className="button">
            {w.tasks.take[stage]}
            <input
              type="file"
              accept="image/jpeg,image/png,image/webp"
              multiple
              className="unseen"
              onChange={({ currentTarget }) => {
                const files = [...(currentTarget.files ?? [])]
                currentTarget.value = ''
                void send(files, stage)
              }}
            />
          </label>
        ))}
      <p role="status">{doing.busy ? w.tasks.sending(left) : ''}</p>
      {doing.error !== undefined && <Trouble error={doing.error} />}
    </section>
  )
}
