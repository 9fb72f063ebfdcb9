import { useQuery } from '@tanstack/react-query'
import { calendarsQuery, fieldsQuery, repsQuery, useMay } from '../../app/api/index.ts'
import { useSay, useT } from '../../app/i18n/index.ts'
import { useFlowFinder } from '../../app/names/use-flow-finder.ts'
import { useFlow, useFlowEditor } from '../../canvas/flow-editor.ts'
import { titleOf } from '../../canvas/step-facts.ts'
import { ComboBox, type Option } from '../../ui/index.ts'
import { useEventTypes } from './event-types.ts'
import { secretNamesQuery } from './secret-names.ts'
import { asText, type WidgetProps } from './types.ts'

function Chooser({
  value,
  onChange,
  isDisabled,
  field,
  options,
  placeholder,
}: WidgetProps & { readonly options: readonly Option[]; readonly placeholder?: string }) {
  const say = useSay()
  const text = asText(value)
  return (
    <ComboBox
      aria-label={say(field.title)}
      allowsCustomValue
      options={options}
      value={options.some((option) => option.value === text) ? text : null}
      inputValue={options.find((option) => option.value === text)?.label ?? text}
      isDisabled={isDisabled}
      {...(placeholder !== undefined && { placeholder })}
      onInputChange={(next) => {
        const known = options.find((option) => option.label === next)
        const raw = known?.value ?? next
        if (raw !== text) onChange(raw === '' ? undefined : raw)
      }}
      onChange={(next) => next !== null && onChange(next)}
    />
  )
}

const roles = ['rep', 'manager', 'director', 'legal', 'consent_manager', 'admin', 'analyst', 'developer', 'operator'] as const

/** A rep by name, or everyone of a role. */
export function PersonWidget(props: WidgetProps) {
  const t = useT()
  const reps = useQuery(repsQuery).data?.items ?? []
  const options: readonly Option[] = [
    ...reps.map((rep) => ({ value: `rep:${rep.id}`, label: rep.name, help: t('inspect.person.rep') })),
    ...roles.map((role) => ({ value: `role:${role}`, label: t(`app.role.${role}`), help: t('inspect.person.role') })),
  ]
  return <Chooser {...props} options={options} placeholder={t('inspect.person.placeholder')} />
}

export function FlowWidget(props: WidgetProps) {
  const say = useSay()
  const { flows } = useFlowFinder(asText(props.value))
  return <Chooser {...props} options={flows.map((flow) => ({ value: flow.key, label: say(flow.name) || flow.key, help: flow.key }))} />
}

/** A frame of this flow. */
export function GroupWidget(props: WidgetProps) {
  const say = useSay()
  const groups = useFlow((state) => state.doc.groups)
  const options = [...groups.values()].map((group) => ({ value: group.id, label: say(group.name) || group.id, help: group.id }))
  return <Chooser {...props} options={options} />
}

/** Another step of this flow, by its name. */
export function StepWidget(props: WidgetProps) {
  const say = useSay()
  const { catalogue } = useFlowEditor()
  const steps = useFlow((state) => state.doc.nodes)
  const titles = [...steps.values()].map((step) => ({ id: step.id, title: titleOf(step, catalogue, say) }))
  // Several may be called alike.
  const isOne = (title: string) => titles.filter((each) => each.title === title).length === 1
  const options = titles.map(({ id, title }) => ({ value: id, label: isOne(title) ? title : `${title} · ${id}`, help: id }))
  return <Chooser {...props} options={options} />
}

/** What the packs send, what arrived here and nothing took, and what the templates listen to; any other can be typed. */
export function EventTypeWidget(props: WidgetProps) {
  return <Chooser {...props} options={useEventTypes()} />
}

export function TimeZoneWidget(props: WidgetProps) {
  const zones = Intl.supportedValuesOf('timeZone')
  return <Chooser {...props} options={['UTC', ...zones].map((zone) => ({ value: zone, label: zone }))} />
}

/** Working time of a place: what ships, and what the workspace keeps. */
export function CalendarWidget(props: WidgetProps) {
  const say = useSay()
  const t = useT()
  const calendars = useQuery(calendarsQuery).data?.items ?? []
  const options = calendars.map((one) => ({
    value: one.id,
    label: say(one.label),
    help: one.years[0] === 0 ? one.timeZone : t('inspect.calendar.years', { first: one.years[0], last: one.years[1] }),
  }))
  return <Chooser {...props} options={options} />
}

/** Stored credentials by name; one that is not stored yet can be typed, and the check says so. */
export function ConnectionWidget(props: WidgetProps) {
  const may = useMay()
  const names = useQuery({ ...secretNamesQuery, enabled: may('flows.write') }).data?.items ?? []
  return <Chooser {...props} options={names.map(({ name }) => ({ value: name, label: name }))} />
}

/** A field of customers that holds a date. */
export function DateFieldWidget(props: WidgetProps) {
  const say = useSay()
  const fields = useQuery(fieldsQuery).data?.items ?? []
  const dates = fields.filter((one) => one.type === 'date')
  return <Chooser {...props} options={dates.map((one) => ({ value: one.name, label: say(one.label), help: one.name }))} />
}
