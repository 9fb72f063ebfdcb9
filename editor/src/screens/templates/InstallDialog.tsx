import { useQuery } from '@tanstack/react-query'
import { useId, useMemo, useState } from 'react'
import { flowsQuery, isProblem } from '../../app/api/index.ts'
import { translate, useSay, useT } from '../../app/i18n/index.ts'
import { go } from '../../app/navigate.ts'
import { useAct } from '../../app/shell/use-act.ts'
import {
  Button,
  Dialog,
  type FormData,
  type FormSchema,
  flawsOf,
  initialData,
  SchemaForm,
  TextField,
  useFlawWords,
} from '../../ui/index.ts'
import { FlowThumbnail } from '../flows/FlowThumbnail.tsx'
import { useFlowKey } from '../flows/use-flow-key.ts'
import { Needs } from './TemplateCard.tsx'
import styles from './Templates.module.css'
import { installTemplate, type Template } from './template-api.ts'

/** Asks what the template asks, makes the copy and opens it where it can be tried on sample data. */
export function InstallDialog({ template, onClose }: { readonly template: Template; readonly onClose: () => void }) {
  const t = useT()
  const say = useSay()
  const sayFlaw = useFlawWords()
  const form = useId()
  const flows = useQuery(flowsQuery)
  const taken = useMemo(() => (flows.data?.items ?? []).map(({ key }) => key), [flows.data])
  const schema = useMemo((): FormSchema => ({ type: 'object', ...(template.flow.parameters as FormSchema | undefined) }), [template])
  const asks = Object.keys(schema.properties ?? {}).length > 0
  const [answers, setAnswers] = useState<FormData>(() => initialData(schema))
  const [name, setName] = useState('')
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map())
  const [tried, setTried] = useState(false)
  const { key, setOwn, flaw: keyFlaw, settled } = useFlowKey(name, template.key, taken)
  const keyError = keyFlaw === null ? null : t(`flows.key.${keyFlaw}`)
  const flaws = flawsOf(schema, answers)
  const words = new Map([...flaws].map(([path, flaw]) => [path, sayFlaw(flaw, schema.properties?.[path.slice(1)])]))
  const install = useAct(installTemplate, {
    refresh: [['flows'], ['templates']],
    done: () => translate('templates.installed', { name: name.trim() || say(template.flow.name) }),
    onDone: ({ flow }) => go(`/flows/${flow}?try=1`),
    onProblem: (error) => {
      if (!isProblem(error) || error.errors.length === 0) return false
      setRefused(new Map(error.errors.map((each) => [each.path.replace(/^\/answers/, ''), each.message])))
      return true
    },
  })
  const submit = async () => {
    setTried(true)
    if (flaws.size > 0 || keyError !== null) return
    install.mutate({ template: template.key, key: await settled(), answers, ...(name.trim() === '' ? {} : { name: name.trim() }) })
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('templates.install.title', { name: say(template.flow.name) })}
      size="medium"
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button tone="primary" type="submit" form={form} isPending={install.isPending} isDisabled={keyError !== null}>
            {t('templates.install.submit')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <div className={styles.drawing}>
          <FlowThumbnail flow={template.flow} />
        </div>
        <p>{say(template.flow.description)}</p>
        <Needs needs={template.needs} />
        {asks && (
          <fieldset className={styles.asks}>
            <legend>{t('templates.install.asks')}</legend>
            <SchemaForm schema={schema} data={answers} onChange={setAnswers} errors={tried ? new Map([...words, ...refused]) : refused} />
          </fieldset>
        )}
        <div className={styles.two}>
          <TextField
            label={t('templates.install.name')}
            value={name}
            onChange={setName}
            placeholder={say(template.flow.name)}
            maxLength={200}
          />
          <TextField label={t('templates.install.key')} value={key} onChange={setOwn} error={keyError} isCode maxLength={64} />
        </div>
      </form>
    </Dialog>
  )
}
