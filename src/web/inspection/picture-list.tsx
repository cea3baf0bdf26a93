import { pictureFlags, picturePlaces } from '#platform/pictures/words.ts'
import type { Picture } from '../api/operations.ts'
import { momentText } from '../core/time.ts'
import { cityZone } from '../core/zone.ts'
import { usePictureWords } from './words/pictures.ts'
import './seen.css'

interface Props {
  pictures: readonly Picture[]
  /** What they are of, as it is read aloud: before, after, what was seen. */
  of: string
  /** As large as there is room, to be compared. */
  large?: boolean
}

/** Pictures with what looks odd about each; one is opened in full by itself. */
export function PictureList({ pictures, of, large }: Props) {
  const { r, say, language } = usePictureWords()
  return (
    <ul className={large ? 'seen-pictures large' : 'seen-pictures'}>
      {pictures.map((picture, n) => (
        <li key={picture.id}>
          <a href={picture.url} target="_blank" rel="noreferrer" aria-label={r.enlarge(of, n + 1)}>
            <img src={picture.url} alt="" width={picture.width} height={picture.height} loading="lazy" />
          </a>
          <p className="soft">
            {picture.claimedAt && `${r.taken(momentText(picture.claimedAt, cityZone(), language))} · `}
            <span className={picture.place === 'far' ? 'bad' : undefined}>
              {picture.place === 'far' && '! '}
              {say(picturePlaces[picture.place])}
            </span>
          </p>
          {picture.flags.map((flag) => (
            <p key={flag} className="bad">
              ! {say(pictureFlags[flag])}
            </p>
          ))}
        </li>
      ))}
    </ul>
  )
}
