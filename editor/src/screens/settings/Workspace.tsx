import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { removeDemo, useMay, useSession } from '../../app/api/index.ts'
import { needTexts, useSay, useT } from '../../app/i18n/index.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, Card, ConfirmDialog, Facts, onDemand } from '../../ui/index.ts'
import { KeptRuns } from './KeptRuns.tsx'
import styles from './SettingsScreen.module.css'

const Calendars = onDemand(async () => (await import('./Calendars.tsx')).Calendars)

const PushServices = onDemand(async () => (await Promise.all([import('./PushServices.tsx'), needTexts('switches')]))[0].PushServices)

const Switches = onDemand(async () => (await Promise.all([import('./Switches.tsx'), needTexts('switches')]))[0].Switches)

/** The workspace as a whole: its name, and the way out of the demo. */
export function Workspace() {
  const t = useT()
  const say = useSay()
  const session = useSession()
  const may = useMay()
  const mayWrite = may('settings.write')
  return (
    <>
      <Card title={t('settings.workspace')}>
        <Facts
          items={[
            { name: t('settings.name'), value: say(session?.workspace.name) },
            {
              name: t('settings.workspace.data'),
              value: t(session?.workspace.demo === true ? 'settings.workspace.demo' : 'settings.workspace.own'),
            },
            { name: t('settings.workspace.api'), value: <a href="/openapi.json">/openapi.json</a> },
          ]}
        />
      </Card>
      {may('tasks.read') && <Switches mayWrite={mayWrite} />}
      <PushServices mayWrite={mayWrite} />
      <KeptRuns mayWrite={mayWrite} />
      <Calendars mayWrite={mayWrite} />
      {session?.workspace.demo === true && mayWrite && <RemoveDemo />}
    </>
  )
}

function RemoveDemo() {
  const t = useT()
  const client = useQueryClient()
  const [isOpen, open] = useState(false)
  const remove = useAct(removeDemo, {
    done: () => t('settings.demo.removed'),
    onDone: () => {
      open(false)
      void client.resetQueries()
    },
  })
  return (
    <Card title={t('settings.demo')} className={styles.danger}>
      <div className={styles.form}>
        <p>{t('settings.demo.text')}</p>
        <Button tone="danger" onPress={() => open(true)}>
          {t('settings.demo.remove')}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isOpen}
        title={t('settings.demo.question')}
        action={t('settings.demo.remove')}
        isPending={remove.isPending}
        onClose={() => open(false)}
        onConfirm={() => remove.mutate(undefined)}
      >
        {t('settings.demo.warning')}
      </ConfirmDialog>
    </Card>
  )
}
