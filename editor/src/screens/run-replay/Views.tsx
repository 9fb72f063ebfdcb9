import { useT } from '../../app/i18n/index.ts'
import type { Timeline } from '../../run/timeline.ts'
import type { Visit } from '../../run/visits.ts'
import { Tabs } from '../../ui/index.ts'
import { Lanes } from './Lanes.tsx'
import styles from './Replay.module.css'
import { StoryList } from './StoryList.tsx'
import type { Playhead } from './use-playhead.ts'

/** The moments of a run: told in words, or side by side on an axis of time. */
export function Views(props: {
  readonly line: Timeline
  readonly head: Playhead
  readonly visits: readonly Visit[]
  readonly titleOf: (node: string) => string
}) {
  const t = useT()
  const { line, head, titleOf } = props
  return (
    <Tabs
      label={t('replay.story')}
      className={styles.views}
      panelClassName={styles.view}
      items={[
        { id: 'story', title: t('replay.story'), content: <StoryList line={line} head={head} titleOf={titleOf} /> },
        { id: 'lanes', title: t('replay.lanes'), content: <Lanes {...props} /> },
      ]}
    />
  )
}
