import { defineNode, durationMs, durationPattern, help, inLanguages, shown, ui, words } from '@sluice/sdk'
import { Type } from 'typebox'
import { titleCharsMax } from '../domain/tables.ts'
import { checkSigning, signersIn, signing } from './signing.ts'

export const VetoConfig = Type.Object(
  {
    value: Type.Any({
      ...ui('value', 'What is decided', '审批内容'),
      ...help('Exactly this is approved; a changed value needs a new approval', '仅批准该内容本身；内容变更须重新审批'),
    }),
    approver: Type.String({
      ...ui('person', 'Who decides', '审批人'),
      ...help('A person, or everyone with a role', '某个人，或具有某角色的所有人'),
      minLength: 1,
      maxLength: 200,
    }),
    title: Type.Optional(inLanguages('Title', '标题', { maxLength: titleCharsMax })),
    validFor: Type.Optional(
      Type.String({
        ...ui('duration', 'Valid for', '有效期'),
        ...help('Time to decide, and then to use the approval', '审批时限，也是批准后的使用期限'),
        pattern: durationPattern,
        maxLength: 64,
        default: 'P1D',
      }),
    ),
    author: Type.Optional(
      Type.String({
        ...ui('person', 'Whose proposal', '提出人'),
        ...help('May not decide about it', '不能审批自己的提议'),
        maxLength: 200,
      }),
    ),
    ...signing,
    hold: Type.Optional(
      Type.String({
        ...ui('duration', 'Hold an approval for', '批准后等待'),
        ...help('A veto in this time still wins', '等待期间的否决优先'),
        pattern: durationPattern,
        maxLength: 64,
      }),
    ),
  },
  { additionalProperties: false },
)

/** The hard human stop before money: a person who is not its author approves exactly this value, or nothing moves. */
export const veto = defineNode({
  type: 'approvals.veto',
  version: 1,
  label: words('Human veto', '人工否决'),
  summary: words('A person approves exactly this value, or stops it.', '由人员批准该内容，或予以否决。'),
  keywords: ['approve', 'money', 'discount', 'director', 'stop', '审批', '资金', '折扣', '总监', '否决', '批准'],
  category: 'people',
  silhouette: 'money',
  icon: 'shield-check',
  config: VetoConfig,
  ports: [
    { name: 'approved', label: words('Approved', '已批准') },
    { name: 'vetoed', label: words('Vetoed', '已否决') },
    { name: 'expired', label: words('Expired', '已过期') },
  ],
  effect: 'internal',
  labels: {
    origin: 'person',
    takes: ({ validFor }) => ({ for: 'person', ms: typeof validFor === 'string' ? durationMs(validFor) : null }),
  },
  sentence: (config, language) =>
    language === 'en'
      ? `${shown(config.approver)}${signersIn(config, language)} approves or vetoes`
      : `由 ${shown(config.approver)}${signersIn(config, language)}批准或否决`,
  check: checkSigning,
})
