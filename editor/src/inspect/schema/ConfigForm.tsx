import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { useSay, useT } from '../../app/i18n/index.ts'
import { fieldOf } from '../../canvas/check/fixes.ts'
import { useFlow, useFlowEditor, useView } from '../../canvas/flow-editor.ts'
import { configure, isTrigger } from '../../doc/index.ts'
import { cx } from '../../ui/index.ts'
import { ConfigField } from './ConfigField.tsx'
import styles from './ConfigForm.module.css'
import { fieldsOf, isChosen } from './read-schema.ts'
import { schemaOf } from './schemas.ts'

/** With this few optional fields nothing is folded away. */
const shownMax = 3

/** The form of one step, drawn from its schema: what it needs first, the rest folded (EDITOR.md §7.1). */
export function ConfigForm({ step: id }: { readonly step: string }) {
  const t = useT()
  const say = useSay()
  const { flow, catalogue, problems } = useFlowEditor()
  const step = useFlow((state) => state.doc.nodes.get(id))
  const found = useStore(problems, (state) => state.byNode.get(id))
  const canEdit = useView((view) => view.canEdit)
  const jump = useView((view) => view.jump)
  /** What was folded away when the fold was opened stays there: a field that moved up at its first letter would lose the focus. */
  const [unfolded, setUnfolded] = useState<ReadonlySet<string> | null>(null)
  const isOpen = unfolded !== null
  // A field that was in sight stays there: switching how it gets its value empties it for a moment.
  const [seen] = useState(() => new Set<string>())
  const node = step === undefined ? undefined : catalogue.find(step.type)
  if (step === undefined) return null
  if (node === undefined) return <p className={styles.none}>{t('canvas.step.unknown', { type: step.type })}</p>
  const config = step.config ?? {}
  const all = fieldsOf(schemaOf(step.type) ?? {})
  const fields = all.filter((field) => field.editedIn === null)
  if (fields.length === 0) return <p className={styles.none}>{t('inspect.form.nothing')}</p>
  const allowsModes = !isTrigger(node) && node.behaviour !== 'join'
  const main = fields.filter((field) => field.isMain)
  const optional = fields.filter((field) => !field.isMain)
  const isSmall = optional.length <= shownMax || main.length === 0
  const owner = (name: string | undefined) => all.find((field) => field.name === name)?.editedIn ?? name
  const jumped = jump?.node === id ? owner(jump.path.split('/')[1]) : undefined
  const inSight = isSmall
    ? optional
    : optional
        .filter((field) => unfolded?.has(field.name) !== true)
        .filter((field) => isChosen(field, config[field.name]) || field.name === jumped || seen.has(field.name))
  for (const field of inSight) seen.add(field.name)
  const folded = optional.filter((field) => !inSight.includes(field))
  const draw = (field: (typeof fields)[number]) => (
    <ConfigField
      key={`${id} ${field.name}`}
      step={id}
      field={field}
      value={config[field.name]}
      siblings={config}
      isDisabled={!canEdit}
      allowsModes={allowsModes}
      wantsFocus={jump?.node === id && (jumped === field.name || (jump.path === '' && field === fields[0])) ? jump : null}
      onChange={(value) => configure(flow, id, [field.name], value)}
      errors={(found ?? [])
        .filter((problem) => owner(fieldOf(problem.path).split('/')[1]) === field.name && config[field.name] !== undefined)
        .map(({ code, message }) => ({ code, text: say(message) }))}
    />
  )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving a field ends its undo entry; nothing else happens here.
    <div className={styles.form} onBlur={() => flow.seal()} data-testid="config-form">
      {main.map(draw)}
      {inSight.map(draw)}
      {folded.length > 0 && (
        <>
          <button
            type="button"
            className={styles.more}
            aria-expanded={isOpen}
            onClick={() => setUnfolded(isOpen ? null : new Set(folded.map(({ name }) => name)))}
          >
            <ChevronRight size={13} className={cx(isOpen && styles.isOpen)} aria-hidden="true" />
            {t('inspect.form.more', { count: folded.length })}
          </button>
          {isOpen && folded.map(draw)}
        </>
      )}
    </div>
  )
}
