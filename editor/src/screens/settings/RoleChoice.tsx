import { useQuery } from '@tanstack/react-query'
import { rolesQuery } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { useRoleName } from '../../app/names/PersonName.tsx'
import { Checkbox } from '../../ui/index.ts'
import styles from './SettingsScreen.module.css'

/** Several roles may do what any of them may. */
export function RoleChoice({
  chosen,
  onChange,
  isPerson = false,
}: {
  readonly chosen: readonly string[]
  readonly onChange: (roles: readonly string[]) => void
  /** What only machines are is not offered for people. */
  readonly isPerson?: boolean
}) {
  const t = useT()
  const roleName = useRoleName()
  const roles = useQuery(rolesQuery)
  const offered = (roles.data?.items ?? []).filter(({ name }) => !isPerson || name !== 'sender' || chosen.includes(name))
  return (
    <fieldset className={styles.roles}>
      <legend>{t('settings.roles')}</legend>
      {offered.map((role) => (
        <Checkbox
          key={role.name}
          isSelected={chosen.includes(role.name)}
          onChange={(isOn) => onChange(isOn ? [...chosen, role.name] : chosen.filter((name) => name !== role.name))}
        >
          {roleName(role.name)}
        </Checkbox>
      ))}
    </fieldset>
  )
}
