import { useSay, useT } from '../../../app/i18n/index.ts'
import { useSettingWords } from '../../../app/names/use-setting-words.ts'
import { Checkbox } from '../../../ui/index.ts'
import { type Asked, toggled } from './asked.ts'
import { BothFields } from './BothFields.tsx'
import type { TemplateDraft, WizardFlaw } from './draft.ts'
import styles from './Wizard.module.css'

const valueCharsMax = 80

/** Every setting that is filled in, step by step; a ticked one becomes a question with its own words. */
export function AsksStep({
  draft,
  flaws,
  onChange,
}: {
  readonly draft: TemplateDraft
  readonly flaws: ReadonlyMap<string, WizardFlaw>
  readonly onChange: (part: Partial<TemplateDraft>) => void
}) {
  const t = useT()
  const say = useSay()
  const valueWords = useSettingWords()
  const { asked, settings, lost } = draft
  const patch = (name: string, part: Partial<Asked>) =>
    onChange({ asked: asked.map((each) => (each.name === name ? { ...each, ...part } : each)) })
  const elsewhere = asked.filter(({ places }) => !settings.some(({ place }) => places.includes(place)))
  if (settings.length === 0) return <p className={styles.quiet}>{t('templates.publish.asks.none')}</p>
  return (
    <>
      <p className={styles.quiet}>{t('templates.publish.asks.lead', { count: asked.length })}</p>
      {lost.length > 0 && (
        <p className={styles.warn} data-testid="publish-lost">
          {t('templates.publish.asks.lost', { count: lost.length, places: lost.join(', ') })}
        </p>
      )}
      <ul className={styles.settings}>
        {settings.map((setting) => {
          const question = asked.find(({ places }) => places.includes(setting.place))
          return (
            <li key={setting.place} data-place={setting.place}>
              <Checkbox
                isSelected={question !== undefined}
                onChange={() => onChange({ asked: toggled(asked, setting) })}
                help={<span className={styles.value}>{shortened(valueWords(setting.value) ?? '')}</span>}
              >
                {t('templates.publish.asks.setting', { step: say(setting.step), field: say(setting.title) })}
              </Checkbox>
              {question !== undefined && question.places[0] === setting.place && (
                <Question asked={question} flaws={flaws} onChange={(part) => patch(question.name, part)} />
              )}
            </li>
          )
        })}
        {elsewhere.map((question) => (
          <li key={question.name}>
            <code>{question.places.join(', ')}</code>
            <Question asked={question} flaws={flaws} onChange={(part) => patch(question.name, part)} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Question({
  asked,
  flaws,
  onChange,
}: {
  readonly asked: Asked
  readonly flaws: ReadonlyMap<string, WizardFlaw>
  readonly onChange: (part: Partial<Asked>) => void
}) {
  const t = useT()
  return (
    <div className={styles.question} data-question={asked.name}>
      <BothFields
        label={t('templates.publish.asks.title')}
        value={asked.title}
        onChange={(title) => onChange({ title })}
        flaw={flaws.get(`/${asked.name}/title`)}
        isRequired
      />
      <BothFields
        label={t('templates.publish.asks.help')}
        value={asked.help}
        onChange={(help) => onChange({ help })}
        flaw={flaws.get(`/${asked.name}/help`)}
      />
      <Checkbox
        isSelected={asked.isRequired}
        onChange={(isRequired) => onChange({ isRequired })}
        help={t('templates.publish.asks.required.help')}
      >
        {t('templates.publish.asks.required')}
      </Checkbox>
    </div>
  )
}

function shortened(text: string): string {
  return text.length > valueCharsMax ? `${text.slice(0, valueCharsMax)}…` : text
}
