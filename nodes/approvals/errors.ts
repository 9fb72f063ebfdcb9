import { defineErrors, words } from '@sluice/sdk'

/** What tasks and vetoes answer with. */
export const errors = defineErrors({
  SLU_TASK_UNKNOWN: {
    terminal: true,
    http: 404,
    says: words('No such task', '没有该任务'),
    hint: words('It may have been removed with its run', '它可能已随运行一起删除'),
  },
  SLU_TASK_NOT_YOURS: {
    terminal: true,
    http: 403,
    says: words('This task is assigned to somebody else', '该任务的处理人不是您'),
    hint: words('Ask whoever has it, or an admin, to pass it on', '请联系处理人或管理员转交'),
  },
  SLU_TASK_OWN: {
    terminal: true,
    http: 403,
    says: words('Nobody approves their own work', '不能审批自己的内容'),
    hint: words('Somebody else has to answer it', '须由其他人处理'),
  },
  SLU_TASK_CLOSED: {
    terminal: true,
    http: 409,
    says: words('This task is closed already', '该任务已关闭'),
    hint: words('It was answered, expired, or its run ended', '它已被处理、已过期或运行已结束'),
  },
  SLU_TASK_CHANGED: {
    terminal: true,
    http: 409,
    says: words('What you were shown has changed', '您看到的内容已发生变化'),
    hint: words('Read the task again, then answer', '请重新查看任务后再处理'),
  },
  SLU_TASK_CLAIMED: {
    terminal: true,
    http: 409,
    says: words('Somebody else is working on this task', '该任务正由他人处理'),
    hint: words('Ask them, or an admin, to pass it on', '请联系对方或管理员转交'),
  },
  SLU_TASK_ACTION: {
    terminal: true,
    http: 422,
    says: words('This answer is not on offer', '没有该操作'),
    hint: words('Use one of the task’s actions; “expired” and “error” are taken', '请使用任务提供的操作；“expired” 与 “error” 已被占用'),
  },
  SLU_TASK_DATA: {
    terminal: true,
    http: 422,
    says: words('The form is not filled in right', '表单填写有误'),
    hint: words('See the fields named in errors', '请查看 errors 中的字段'),
  },
  SLU_TASK_FORM: {
    terminal: true,
    http: 422,
    says: words('The form cannot be used', '表单无法使用'),
    hint: words(
      'A JSON Schema of type object, at most 64,000 characters, with simple patterns',
      '类型为 object 的 JSON Schema,不超过 64,000 字符，正则须简单',
    ),
  },
  SLU_TASK_DUE: {
    terminal: true,
    http: 422,
    says: words('The time limit is no duration', '时限不是有效时长'),
    hint: words('Use an ISO 8601 duration such as PT4H', '请使用 ISO 8601 时长，例如 PT4H'),
  },
  SLU_TASK_SIZE: {
    terminal: true,
    http: 422,
    says: words('The task shows too much', '任务展示的内容过大'),
    hint: words('Show less than 256,000 characters', '请控制在 256,000 个字符以内'),
  },
  SLU_TASK_ASSIGNEE: {
    terminal: true,
    http: 422,
    says: words('The task has no assignee', '任务没有处理人'),
    hint: words('Name a user, a rep or a role', '请指定用户、销售或角色'),
  },
  SLU_VETO_NEEDS_PERSON: {
    terminal: true,
    http: 403,
    says: words('A veto is decided by a signed-in person', '否决步骤须由已登录的人员处理'),
    hint: words('Sign in; API tokens cannot approve money', '请登录后操作;API 令牌不能审批资金'),
  },
  SLU_RECEIPT_UNKNOWN: {
    terminal: true,
    http: 422,
    says: words('No such approval', '没有该批准凭据'),
    hint: words('Wire the “approved” output of a Human veto step to this one', '请将“人工否决”步骤的“已批准”输出接到此处'),
  },
  SLU_RECEIPT_VALUE: {
    terminal: true,
    http: 422,
    says: words('Something else was approved', '批准的内容与此不符'),
    hint: words('A changed value needs a new approval', '内容变更须重新审批'),
  },
  SLU_RECEIPT_SPENT: {
    terminal: true,
    http: 409,
    says: words('This approval was used or revoked', '该批准已被使用或撤销'),
    hint: words('Ask for a new one', '请重新申请审批'),
  },
  SLU_RECEIPT_EXPIRED: {
    terminal: true,
    http: 409,
    says: words('This approval is out of date', '该批准已过期'),
    hint: words('Ask for a new one', '请重新申请审批'),
  },
})
