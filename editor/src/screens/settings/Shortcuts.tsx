import { RotateCcw } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { type Command, combinationOf, keysOf, listCommands, setKeys, useRegistry } from '../../app/commands/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { Button, Card, IconButton, Kbd } from '../../ui/index.ts'
import styles from './SettingsScreen.module.css'

/** Keys of the commands that exist everywhere; press a new combination to change one. */
export function Shortcuts() {
  const t = useT()
  useRegistry((state) => state.overrides)
  const commands = listCommands().filter((command) => command.scope === 'app')
  return (
    <>
      <p className={styles.lead}>{t('settings.shortcuts.lead')}</p>
      <Card isFlush>
        <ul>
          {commands.map((command) => (
            <ShortcutRow key={command.id} command={command} />
          ))}
        </ul>
      </Card>
    </>
  )
}

function ShortcutRow({ command }: { readonly command: Command }) {
  const t = useT()
  const [isListening, listen] = useState(false)
  const overrides = useRegistry((state) => state.overrides)
  const keys = keysOf(command)[0]
  const take = (event: KeyboardEvent) => {
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') return listen(false)
    const combination = combinationOf(event)
    if (combination === null) return
    setKeys(command.id, [combination])
    listen(false)
  }
  return (
    <li className={styles.row}>
      <span>{command.title()}</span>
      <span className={styles.badges}>
        {keys !== undefined && <Kbd keys={keys} />}
        {isListening ? (
          <input
            className={styles.quiet}
            readOnly
            ref={(input) => input?.focus()}
            aria-label={t('settings.shortcuts.press')}
            value={t('settings.shortcuts.press')}
            onKeyDown={take}
            onBlur={() => listen(false)}
          />
        ) : (
          <Button size="small" onPress={() => listen(true)}>
            {t('settings.change')}
          </Button>
        )}
        {overrides[command.id] !== undefined && (
          <IconButton
            label={t('settings.shortcuts.reset')}
            size="small"
            icon={<RotateCcw size={14} aria-hidden="true" />}
            onPress={() => setKeys(command.id, null)}
          />
        )}
      </span>
    </li>
  )
}
