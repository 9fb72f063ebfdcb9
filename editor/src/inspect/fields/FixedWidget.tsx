import type { Widget } from '@sluice/sdk'
import type { ComponentType } from 'react'
import { onDemand } from '../../ui/index.ts'
import { CodeWidget } from './CodeWidget.tsx'
import { CronWidget } from './CronWidget.tsx'
import {
  CalendarWidget,
  ConnectionWidget,
  DateFieldWidget,
  EventTypeWidget,
  FlowWidget,
  GroupWidget,
  PersonWidget,
  StepWidget,
  TimeZoneWidget,
} from './choosers.tsx'
import { JsonWidget } from './JsonWidget.tsx'
import { CardList, CustomerFieldsWidget, ListWidget, MappingWidget } from './lists.tsx'
import {
  DurationWidget,
  InstantWidget,
  LongTextWidget,
  MoneyWidget,
  NumberWidget,
  SelectWidget,
  SwitchWidget,
  TextWidget,
} from './plain.tsx'
import { TemplateField } from './TemplateField.tsx'
import type { WidgetProps } from './types.ts'
import { UseWidget } from './UseWidget.tsx'

/** Few steps ask people for more than an answer. */
const FormWidget = onDemand(async () => (await import('./form/FormWidget.tsx')).FormWidget)

const widgets: Readonly<Record<Exclude<Widget, 'expression' | 'table'>, ComponentType<WidgetProps>>> = {
  text: TextWidget,
  textarea: LongTextWidget,
  template: TemplateField,
  value: JsonWidget,
  number: NumberWidget,
  switch: SwitchWidget,
  select: SelectWidget,
  money: MoneyWidget,
  duration: DurationWidget,
  instant: InstantWidget,
  cron: CronWidget,
  'time-zone': TimeZoneWidget,
  calendar: CalendarWidget,
  'date-field': DateFieldWidget,
  purpose: UseWidget,
  scene: UseWidget,
  person: PersonWidget,
  customer: TextWidget,
  fields: CustomerFieldsWidget,
  list: ListWidget,
  rules: CardList,
  mapping: MappingWidget,
  form: FormWidget,
  flow: FlowWidget,
  group: GroupWidget,
  step: StepWidget,
  'event-type': EventTypeWidget,
  connection: ConnectionWidget,
  prompt: TextWidget,
  json: JsonWidget,
  code: CodeWidget,
}

/** The control for a value that is written down, chosen by the schema's hint. */
export function FixedWidget(props: WidgetProps) {
  const Control = props.field.widget === 'expression' || props.field.widget === 'table' ? TextWidget : widgets[props.field.widget]
  return <Control {...props} />
}
