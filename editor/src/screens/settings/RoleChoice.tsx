import { useQuery } from '@tanstack/react-query'
import { rolesQuery } from '../../app/api/index.ts'
import { useSay, useT } from '../../app/i18n/index.ts'
import { Checkbox } from '../../ui/index.ts'
import styles from './SettingsScreen.module.css'

/** Several roles may do what any of them may. */
export function RoleChoice({
  chosen,
  onChange,
}: {
  readonly chosen: readonly string[]
  readonly onChange: (roles: readonly string[]) => void
}) {
  const t = useT()
  const say = useSay()
  const roles = useQuery(rolesQuery)
  return (
    <fieldset className={styles.roles}>
      <legend>{t('settings.roles')}</legend>
      {(roles.data?.items ?? []).map((role) => (
        <Checkbox
          key={role.name}
          isSelected={chosen.includes(role.name)}
          onChange={(isOn) => onChange(isOn ? [...chosen, role.name] : chosen.filter((name) => name !== role.name))}
        >
          {say(role.label)}
        </Checkbox>
      ))}
    </fieldset>
  )
}
