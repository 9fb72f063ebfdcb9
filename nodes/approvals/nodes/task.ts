import {
  defineNode,
  durationMs,
  durationPattern,
  flaw,
  help,
  inLanguages,
  isExpression,
  type Json,
  type JsonObject,
  type PortDefinition,
  type Problem,
  shown,
  ui,
  words,
} from '@sluice/sdk'
import { Type } from 'typebox'
import { formProblem } from '../domain/form.ts'
import { titleCharsMax } from '../domain/tables.ts'
import { checkSigning, signersIn, signing } from './signing.ts'

export const defaultActions: readonly string[] = ['approve', 'reject']

/** Names of actions people meet often; others show as they are written. */
const actionLabels: { readonly [action: string]: { readonly en: string; readonly 'zh-CN': string } } = {
  approve: words('Approve', '同意'),
  reject: words('Reject', '拒绝'),
  done: words('Done', '完成'),
  clear: words('No objection', '无异议'),
  concern: words('Objection', '有异议'),
  called: words('Called', '已致电'),
  passed_on: words('Passed on', '已转交'),
}

export const TaskConfig = Type.Object(
  {
    title: inLanguages('Title', '标题', { minLength: 1, maxLength: titleCharsMax }),
    assignee: Type.String({
      ...ui('person', 'Who', '处理人'),
      ...help('A person or a role; an expression may name the owner', '人员或角色；可用表达式指定负责人'),
      minLength: 1,
      maxLength: 200,
    }),
    form: Type.Optional(
      Type.Record(Type.String(), Type.Any(), {
        ...ui('form', 'Form', '表单'),
        ...help('What they fill in beside their answer', '除选择操作外需要填写的内容'),
        'x-deferred': true,
      }),
    ),
    show: Type.Optional(Type.Any({ ...ui('value', 'Shows', '展示内容'), ...help('Empty: what came in here', '留空则展示本步骤的输入') })),
    due: Type.Optional(
      Type.String({
        ...ui('duration', 'Due within', '处理时限'),
        ...help('Then it leaves by “expired”', '超时走“已过期”出口'),
        pattern: durationPattern,
        maxLength: 64,
      }),
    ),
    calendar: Type.Optional(
      Type.String({
        ...ui('calendar', 'Limit counts working time', '时限按工作时间计算'),
        ...help(
          '4 hours are then four hours in which people work, 2 days two working days; empty: time as it passes',
          '此时 4 小时即四个工作小时，2 天即两个工作日；留空则按自然时间',
        ),
        pattern: '^[a-z0-9][a-z0-9-]{0,63}$',
      }),
    ),
    actions: Type.Optional(
      Type.Array(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_-]{0,63}$' }), {
        ...ui('list', 'Answers', '可选操作'),
        ...help('Each is a way out', '每个操作对应一个出口'),
        minItems: 1,
        maxItems: 12,
        uniqueItems: true,
      }),
    ),
    fourEyes: Type.Optional(
      Type.Boolean({
        ...ui('switch', 'Somebody else must answer', '须由他人处理'),
        ...help('Whoever started the run or filled in its data may not', '启动运行或填写数据的人不能处理'),
        default: false,
      }),
    ),
    author: Type.Optional(
      Type.String({
        ...ui('person', 'Whose work it is', '提出人'),
        ...help('Is kept out when somebody else must answer', '“须由他人处理”时不可处理'),
        maxLength: 200,
      }),
    ),
    ...signing,
    withdrawable: Type.Optional(
      Type.Boolean({
        ...ui('switch', 'Its sender may take it back', '发起人可撤回'),
        ...help('Then it leaves by “withdrawn”', '撤回后走“已撤回”出口'),
        default: false,
      }),
    ),
    keep: Type.Optional(
      Type.Boolean({
        ...ui('switch', 'Keep an approval that still fits', '内容未变则沿用原审批'),
        ...help('Coming round again with the same content asks nobody twice', '流程再次经过且内容相同时不重复审批'),
        default: false,
      }),
    ),
  },
  { additionalProperties: false },
)

/** Asks a person and waits, for days if need be, for the answer. */
export const task = defineNode({
  type: 'approvals.task',
  version: 1,
  label: words('Task', '人工任务'),
  summary: words('Asks a person and goes on with the answer.', '请一个人处理，并按其答复继续。'),
  keywords: ['approval', 'human', 'form', 'todo', 'review', '审批', '待办', '表单', '人工', '审核'],
  category: 'people',
  silhouette: 'human',
  icon: 'user-check',
  config: TaskConfig,
  ports: (config) => [
    ...actionsOf(config).map(actionPort),
    ...(config.withdrawable === true ? [{ name: 'withdrawn', label: words('Withdrawn', '已撤回') }] : []),
    { name: 'expired', label: words('Expired', '已过期') },
  ],
  effect: 'internal',
  labels: {
    origin: 'person',
    gives: 'new',
    // Working time takes longer on the clock than it says; how long depends on when it begins.
    takes: ({ due, calendar }) => ({ for: 'person', ms: typeof due === 'string' && calendar === undefined ? durationMs(due) : null }),
  },
  sentence: (config, language) =>
    language === 'en'
      ? `Asks ${shown(config.assignee)}${signersIn(config, language)}: ${actionWords(config, language)}`
      : `请 ${shown(config.assignee)} 处理${signersIn(config, language)}：${actionWords(config, language)}`,
  check: checkTask,
})

function actionsOf(config: JsonObject): readonly string[] {
  const actions: Json | undefined = config.actions
  const named = Array.isArray(actions) ? actions.filter((action): action is string => typeof action === 'string' && action !== '') : []
  return named.length === 0 ? defaultActions : [...new Set(named)]
}

function actionWords(config: JsonObject, language: 'en' | 'zh-CN'): string {
  return actionsOf(config)
    .map((action) => actionLabels[action]?.[language] ?? action)
    .join(' / ')
}

function actionPort(name: string): PortDefinition {
  return { name, label: actionLabels[name] ?? name }
}

/** Ways out that are no answers. */
const takenActions: ReadonlySet<string> = new Set(['expired', 'error', 'withdrawn'])

function checkTask(config: JsonObject): readonly Problem[] {
  const problems: Problem[] = [...checkSigning(config)]
  const taken = actionsOf(config).filter((action) => takenActions.has(action))
  for (const action of taken) problems.push(flaw('SLU_TASK_ACTION', '/actions', `“${action}” is taken.`, `“${action}” 已被占用。`))
  const { due, form, calendar } = config
  if (calendar !== undefined && typeof due === 'string' && !isExpression(due) && /^P[^T]*[YM]/.test(due)) {
    const [en, zh] = ['Months and years are no working time; give days and hours.', '按工作时间计算时不能使用月和年，请填写天和小时。']
    problems.push(flaw('SLU_TASK_DUE', '/due', en, zh))
  }
  if (typeof due === 'string' && !isExpression(due) && durationMs(due) === null) {
    problems.push(flaw('SLU_TASK_DUE', '/due', 'Not an ISO 8601 duration.', '不是 ISO 8601 时长。'))
  }
  if (due === undefined) {
    problems.push(flaw('SLU_TASK_DUE', '/due', 'Without a time limit it can stay open for ever.', '没有时限，任务可能一直未处理。', 'hint'))
  }
  const wrong = form === undefined ? null : formProblem(form)
  if (wrong !== null) problems.push(flaw('SLU_TASK_FORM', '/form', wrong.en, wrong['zh-CN']))
  return problems
}
