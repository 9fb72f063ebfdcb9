import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type FlowSummary, peopleQuery, useMay, useSession } from '../../app/api/index.ts'
import { useSay, useT } from '../../app/i18n/index.ts'
import { useRoleName } from '../../app/names/PersonName.tsx'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, ComboBox, Dialog } from '../../ui/index.ts'
import { placeFlow } from './folder-api.ts'

/** Gives a flow to a colleague, or takes it over. */
export function OwnerDialog({ flow, onClose }: { readonly flow: FlowSummary; readonly onClose: () => void }) {
  const t = useT()
  const say = useSay()
  const roleName = useRoleName()
  const me = useSession()?.user
  const people = useQuery({ ...peopleQuery, enabled: useMay()('tasks.read') })
  // Whoever may not see the names of all can still answer for a flow themselves.
  const known = people.data?.items.filter(({ active }) => active) ?? (me === undefined ? [] : [me])
  const [owner, setOwner] = useState<string | null>(flow.owner?.id ?? null)
  const give = useAct(placeFlow, {
    done: (_, sent) => t('flows.owner.changed', { name: known.find(({ id }) => id === sent.owner)?.name ?? '' }),
    refresh: [['flows']],
    onDone: onClose,
  })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="small"
      title={t('flows.owner.title', { name: say(flow.name) })}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            tone="primary"
            isPending={give.isPending}
            isDisabled={owner === null || owner === flow.owner?.id}
            onPress={() => give.mutate({ key: flow.key, owner })}
          >
            {t('flows.owner.do')}
          </Button>
        </>
      }
    >
      <ComboBox
        label={t('flows.owner')}
        description={t('flows.owner.help')}
        value={owner}
        onChange={setOwner}
        placeholder={t('app.select.placeholder')}
        options={known.map(({ id, name, roles }) => ({
          value: id,
          label: id === me?.id ? `${name} (${t('app.you')})` : name,
          help: roles.map(roleName).join(' · '),
        }))}
      />
    </Dialog>
  )
}
