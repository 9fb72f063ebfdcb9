import { useStore } from 'zustand'
import { type MessageId, useSay, useT } from '../app/i18n/index.ts'
import { useFlow, useFlowEditor } from '../canvas/flow-editor.ts'
import { type Catalogue, nameOf } from '../doc/index.ts'
import { Button } from '../ui/index.ts'
import { stepName, valueWords, whatOf } from './in-words.ts'
import { putBack } from './put-back.ts'
import type { Together, Told } from './share.ts'
import styles from './Together.module.css'

const shownMax = 3

/** What was lost in a merge, with what was there, and a way back for each. Stays until somebody decided. */
export function Losses({ together }: { readonly together: Together }) {
  const t = useT()
  const list = useStore(together.losses, (state) => state.list)
  if (list.length === 0) return null
  return (
    <section className={styles.losses} aria-label={t('together.told')} role="alert" data-testid="losses">
      {list.slice(0, shownMax).map((told) => (
        <OneLoss key={told.id} told={told} together={together} />
      ))}
      {list.length > shownMax && (
        <Button
          size="small"
          tone="quiet"
          onPress={() => {
            for (const told of list) together.settle(told)
          }}
        >
          {t('together.told.dismiss-all', { count: list.length })}
        </Button>
      )}
    </section>
  )
}

function OneLoss({ told, together }: { readonly told: Told; readonly together: Together }) {
  const t = useT()
  const say = useSay()
  const editor = useFlowEditor()
  const doc = useFlow((state) => state.doc)
  const { loss } = told
  const back = () => {
    putBack(editor, loss)
    together.settle(told)
  }
  const isRemoved = loss.kind === 'removed'
  const step = isRemoved ? nameOfItem(loss, editor.catalogue, say) : stepName(loss.place, doc, editor.catalogue, say)
  const what = isRemoved ? '' : whatOf(loss.place, doc, editor.catalogue, say, t)
  // Where a card stood and what a frame held is said by putting it back, not by numbers and ids.
  const isPlace = !isRemoved && ['at', 'size', 'nodes'].includes(String(loss.place.path[0]))
  const value = isRemoved || isPlace ? null : valueWords(loss.kind === 'covered' ? loss.theirs : loss.mine, t, say)
  const words = { overwritten: 'together.told.put-back', covered: 'together.told.take-theirs', removed: 'together.told.restore' } as const
  return (
    <div className={styles.loss} data-loss={loss.kind}>
      <p>
        {t(`together.told.${loss.kind}${isPlace ? '.place' : ''}` as MessageId, { by: loss.by, what, step })}
        {value !== null && <q className={styles.value}>{value}</q>}
      </p>
      <span className={styles.choices}>
        <Button size="small" tone="quiet" onPress={() => together.settle(told)}>
          {t('together.told.dismiss')}
        </Button>
        <Button size="small" onPress={back}>
          {t(words[loss.kind])}
        </Button>
      </span>
    </div>
  )
}

function nameOfItem({ item }: Extract<Told['loss'], { kind: 'removed' }>, catalogue: Catalogue, say: ReturnType<typeof useSay>): string {
  if (item.in === 'notes') return say(item.value.text).slice(0, 40)
  if (item.in === 'nodes') return say(nameOf(item.value, catalogue))
  return item.value.name === undefined ? item.value.id : say(item.value.name)
}
