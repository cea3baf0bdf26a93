/** Pictures of one observation: taken, made smaller, and kept on the phone until the service has them. */
import { useEffect, useRef, useState } from 'react'
import { deviceNow } from '../../core/time.ts'
import { Button, useQueue } from '../parts.tsx'
import type { PhoneStandard, PictureRef, Seen } from './kinds.ts'
import { shrunk } from './shrink.ts'
import { dropPicture, keepPicture, pictureBytes, picturesNow, work } from './store.ts'
import { useVisitWords } from './words/index.ts'
import { saw, seenOf } from './work.ts'

interface PicturesProps {
  workId: string
  standard: PhoneStandard
  sequence: number
  seen: Seen
  needed: boolean
}

const picturesMax = 30

export function Pictures({ workId, standard, sequence, seen, needed }: PicturesProps) {
  const { v } = useVisitWords()
  const [trouble, setTrouble] = useState<string>()
  const doing = useQueue()
  const { pictures } = seen
  const change = (by: (before: PictureRef[]) => PictureRef[]) =>
    work(workId, (now) =>
      saw(now, standard.id, sequence, { pictures: by(seenOf(now, standard.id, sequence).pictures) }),
    )
  const add = (files: readonly File[]) =>
    doing.run(async () => {
      setTrouble(undefined)
      for (const file of files) {
        if (picturesNow(workId, standard.id, sequence) >= picturesMax) {
          setTrouble(v.visit.tooMany)
          return
        }
        const bytes = await shrunk(file).catch(() => undefined)
        if (!bytes) {
          setTrouble(v.visit.notAPicture)
          continue
        }
        const taken = await keepPicture(bytes, file.lastModified || deviceNow()).catch(() => undefined)
        if (!taken) {
          setTrouble(v.visit.noRoom)
          return
        }
        change((before) => [...before, taken])
      }
    })
  const remove = (id: string) => {
    change((before) => before.filter((each) => each.id !== id))
    void dropPicture(id)
  }
  return (
    <>
      {needed && <p className="wrong">{v.visit.needsPicture}</p>}
      {pictures.length > 0 && (
        <ul className="pictures">
          {pictures.map(({ id }, n) => (
            <li key={id}>
              <Thumb id={id} name={v.visit.picture(n + 1)} />
              <Button onPress={() => remove(id)}>{v.visit.removePicture(n + 1)}</Button>
            </li>
          ))}
        </ul>
      )}
      <div className="two">
        {(['take', 'choose'] as const).map((how) => (
          <label key={how} className="button">
            {v.visit[how]}
            <input
              type="file"
              accept="image/jpeg,image/png,image/webp"
              className="unseen"
              {...(how === 'take' ? { capture: 'environment' as const } : { multiple: true })}
              onChange={({ currentTarget }) => {
                const files = [...(currentTarget.files ?? [])]
                currentTarget.value = ''
                void add(files)
              }}
            />
          </label>
        ))}
      </div>
      <p role="status">{doing.busy ? v.visit.shrinking : ''}</p>
      {trouble && (
        <p className="note bad" role="alert">
          {trouble}
        </p>
      )}
    </>
  )
}

const widthPx = 240

/** A small drawing of a picture that lies sealed on the phone. */
function Thumb({ id, name }: { id: string; name: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const draw = async () => {
      const bytes = await pictureBytes(id)
      if (!bytes || !canvas.current) return
      const bitmap = await createImageBitmap(new Blob([bytes]), { imageOrientation: 'from-image' })
      const { width, height } = bitmap
      canvas.current.width = widthPx
      canvas.current.height = Math.round((widthPx * height) / width)
      canvas.current.getContext('2d')?.drawImage(bitmap, 0, 0, widthPx, canvas.current.height)
      bitmap.close()
    }
    draw().catch(() => undefined)
  }, [id])
  return <canvas ref={canvas} className="thumb" role="img" aria-label={name} />
}
