import { useStore } from 'zustand'
import { useT } from '../app/i18n/index.ts'
import { initialsOf } from '../app/shell/initials.ts'
import { TopBarSlot } from '../app/shell/TopBar.tsx'
import { colourOf, faces, type PeopleStore } from './people.ts'
import styles from './Together.module.css'

const shownMax = 4

/** Who else has this flow open: initials in their colour, in the top bar. A click follows their view. */
export function Faces({ people }: { readonly people: PeopleStore }) {
  const t = useT()
  const state = useStore(people)
  const here = faces(state)
  if (here.length === 0) return null
  const names = here.map((peer) => peer.name)
  return (
    <TopBarSlot>
      {/* biome-ignore lint/a11y/useSemanticElements: people in a toolbar, not a set of form fields. */}
      <span className={styles.faces} role="group" aria-label={t('together.people', { names: names.join(', ') })} data-testid="people">
        {here.slice(0, shownMax).map((peer) => {
          const isFollowed = state.following === peer.id
          const words = isFollowed ? 'together.person.follow' : peer.mayWrite ? 'together.person' : 'together.person.reader'
          const label = t(words, { name: peer.name })
          return (
            <button
              key={peer.person}
              type="button"
              className={styles.face}
              data-colour={colourOf(peer)}
              aria-label={label}
              title={label}
              aria-pressed={isFollowed}
              onClick={() => people.setState({ following: isFollowed ? null : peer.id })}
            >
              {initialsOf(peer.name)}
            </button>
          )
        })}
        {here.length > shownMax && (
          <span className={styles.more} title={names.slice(shownMax).join(', ')}>
            {t('together.more', { count: here.length - shownMax })}
          </span>
        )}
      </span>
    </TopBarSlot>
  )
}
