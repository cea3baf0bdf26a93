import { pictureFlags, pictureStages } from '#platform/pictures/words.ts'
import { listTaskPictures } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { Panel } from '../ui/office/panel.tsx'
import { useCityWords } from './words.ts'

/** The pictures of a task; what looks odd about one stands below it. */
export function TaskPictures({ taskId }: { taskId: string }) {
  const { r, say } = useCityWords()
  const found = useAsk(listTaskPictures, { params: { taskId } })
  const items = found.data?.items ?? []
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
          </li>
        ))}
      </ul>
    </Panel>
  )
}
