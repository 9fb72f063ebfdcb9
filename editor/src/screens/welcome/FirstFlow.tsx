import { useQuery } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { useState } from 'react'
import { flowsQuery, noteFirstRun, queryClient, useSession } from '../../app/api/index.ts'
import { useSay, useT } from '../../app/i18n/index.ts'
import { go } from '../../app/navigate.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, type FormSchema, initialData } from '../../ui/index.ts'
import { actTour } from '../canvas/guide/tour-store.ts'
import { FlowThumbnail } from '../flows/FlowThumbnail.tsx'
import { freeKey } from '../flows/flow-files.ts'
import { installTemplate, type Template, templatesQuery } from '../templates/template-api.ts'
import { Choices } from './Choices.tsx'
import { type Pain, type Part, painsOf, partOf, parts, templateFor } from './matching.ts'
import styles from './Welcome.module.css'

/** What a person does and what hurts, and the flow that follows from it: a copy of their own, opened where it runs on sample data. */
export function FirstFlow() {
  const t = useT()
  const say = useSay()
  const session = useSession()
  const [part, setPart] = useState<Part | null>(() => partOf(session?.user.roles ?? []))
  const [pain, setPain] = useState<Pain | null>(null)
  const templates = useQuery(templatesQuery)
  const wanted = templateFor(part, pain)
  const template = templates.data?.items.find(({ key }) => key === wanted)
  const open = useAct(openCopy, { onDone: (flow) => go(`/flows/${flow}?try=run`, { replace: true }) })
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (template !== undefined) open.mutate(template)
      }}
    >
      <Choices
        legend={t('welcome.part')}
        value={part}
        onChange={setPart}
        options={parts.map((value) => ({ value, label: t(`welcome.part.${value}`) }))}
      />
      <Choices
        legend={t('welcome.pain')}
        value={pain}
        onChange={setPain}
        options={painsOf(part).map((value) => ({ value, label: t(`welcome.pain.${value}`) }))}
      />
      <div className={styles.result} data-template={wanted}>
        <div className={styles.drawing}>{template !== undefined && <FlowThumbnail flow={template.flow} />}</div>
        <div className={styles.words} aria-live="polite">
          <strong>{say(template?.flow.name)}</strong>
          <p>{say(template?.flow.description)}</p>
        </div>
        <Button
          type="submit"
          tone="primary"
          size="large"
          icon={<Play size={15} aria-hidden="true" />}
          isPending={open.isPending}
          isDisabled={template === undefined}
        >
          {t('welcome.open')}
        </Button>
        <p className={styles.quiet}>{t('welcome.open.help')}</p>
      </div>
    </form>
  )
}

/** Colleagues may have copies already: this one is nobody else's. */
async function openCopy(template: Template): Promise<string> {
  const { items } = await queryClient.fetchQuery(flowsQuery)
  const taken = items.map(({ key }) => key)
  const answers = initialData({ type: 'object', ...(template.flow.parameters as FormSchema | undefined) })
  const { flow } = await installTemplate({ template: template.key, key: freeKey(template.key, taken), answers })
  await noteFirstRun('answered')
  actTour({ kind: 'offer' })
  void queryClient.invalidateQueries({ queryKey: ['flows'] })
  return flow
}
