import { defineErrors, words } from '@sluice/sdk'

/** What the core pack's steps and checks answer with. */
export const errors = defineErrors({
  SLU_CODE_SYNTAX: {
    terminal: true,
    http: 422,
    says: words('The code cannot be read', '代码有语法错误'),
    hint: words('Write a function, (input, context) => output, or the body of one', '请写成函数 (input, context) => output，或只写函数体'),
  },
  SLU_CODE_FAILED: {
    terminal: true,
    http: 422,
    says: words('The code stopped with an error', '代码运行出错'),
    hint: words('The message names the line; look at what came in on the wire', '消息中给出了行号，请查看连线上的输入数据'),
  },
  SLU_CODE_LIMIT: {
    terminal: true,
    http: 422,
    says: words('The code took more time or memory than allowed', '代码超出时间或内存限制'),
    hint: words(
      'Half a second and 32 MiB: do less, or give the work to a system of its own',
      '上限为半秒、32 MiB：请减少计算，或交给外部系统处理',
    ),
  },
  SLU_CODE_OUTPUT: {
    terminal: true,
    http: 422,
    says: words('The code gave no JSON value', '代码没有返回 JSON 值'),
    hint: words(
      'Return an object, a list, a text, a number, true, false or null, up to 1 MiB',
      '请返回对象、列表、文本、数字、true、false 或 null，不超过 1 MiB',
    ),
  },
  SLU_CODE_BUSY: {
    terminal: false,
    http: 503,
    says: words('Too many steps wait to run code', '等待运行代码的步骤过多'),
    hint: words('Give the step a retry, or start fewer runs at once', '请为该步骤设置重试，或减少同时启动的运行'),
  },
  SLU_SCHEDULE_CHOICE: {
    terminal: true,
    http: 422,
    says: words('The schedule needs times or an interval', '定时需要时间表或间隔'),
    hint: words('Fill in exactly one of the two', '请二选一填写'),
  },
  SLU_SCHEDULE_CRON: {
    terminal: true,
    http: 422,
    says: words('This is no cron line', 'Cron 表达式有误'),
    hint: words('Five parts: minute hour day month weekday', '五段：分 时 日 月 周'),
  },
  SLU_SCHEDULE_INTERVAL: {
    terminal: true,
    http: 422,
    says: words('The interval is too short or no duration', '间隔过短或不是有效时长'),
    hint: words('At least one second, for example PT15M', '至少 1 秒，例如 PT15M'),
  },
  SLU_SCHEDULE_ZONE: {
    terminal: true,
    http: 422,
    says: words('Unknown time zone', '未知时区'),
    hint: words('Use an IANA name such as Asia/Shanghai', '请使用 IANA 名称，例如 Asia/Shanghai'),
  },
  SLU_SWITCH_PORT: {
    terminal: true,
    http: 422,
    says: words('This name is taken', '该名称已被占用'),
    hint: words('Name the way out differently', '请更换出口名称'),
  },
  SLU_JOIN_COUNT: {
    terminal: true,
    http: 422,
    says: words('The number of lines is missing', '缺少分支数量'),
    hint: words('Say how many lines to wait for', '请填写要等待的分支数量'),
  },
  SLU_EVENT_PATTERN: {
    terminal: true,
    http: 422,
    says: words('This is no pattern of event types', '事件类型的匹配模式有误'),
    hint: words('Use a type, a name with .* behind it, or *', '请使用完整类型、以 .* 结尾的名称，或 *'),
  },
  SLU_WAIT_TIME: {
    terminal: true,
    http: 422,
    says: words('This is no time to wait for', '等待时间无效'),
    hint: words(
      'Use a duration such as PT90S or an instant such as 2026-03-02T03:00:00Z',
      '请使用时长(如 PT90S)或时刻(如 2026-03-02T03:00:00Z)',
    ),
  },
  SLU_WAIT_KEY: {
    terminal: true,
    http: 422,
    says: words('The key to wait for is empty', '等待的关联键为空'),
    hint: words('Check that the expression finds something in this run’s data', '请检查表达式能否在本次运行的数据中取到值'),
  },
  SLU_LOCK_KEY: {
    terminal: true,
    http: 422,
    says: words('The key of the lock is empty or too long', '锁的键为空或过长'),
    hint: words('Check that the expression finds something short in this run’s data', '请检查表达式能否在本次运行的数据中取到较短的值'),
  },
  SLU_WAIT_BUFFER_LIMIT: {
    terminal: true,
    http: 422,
    says: words('Too many earlier events to look through', '更早的事件过多，无法逐一查找'),
    hint: words('Wait for a narrower event type', '请等待更具体的事件类型'),
  },
  SLU_HTTP_URL: {
    terminal: true,
    http: 422,
    says: words('The address is no web address', '地址不是有效网址'),
    hint: words('Start it with https://', '请以 https:// 开头'),
  },
  SLU_HTTP_BODY: {
    terminal: true,
    http: 422,
    says: words('This method carries no body', '该方法不带请求体'),
    hint: words('Remove the body or use POST', '请删除请求体或改用 POST'),
  },
  SLU_HTTP_BODY_SIZE: {
    terminal: true,
    http: 422,
    says: words('The body is too large', '请求体过大'),
    hint: words('Send less than 1 MiB', '请控制在 1 MiB 以内'),
  },
  SLU_HTTP_STATUS: {
    terminal: false,
    http: 502,
    says: words('The other side refused', '对方返回错误'),
    hint: words('Look at the status; 5xx and 429 are retried by the step’s retry rule', '请查看状态码;5xx 与 429 会按重试规则重试'),
  },
  SLU_HTTP_UNREACHABLE: {
    terminal: false,
    http: 502,
    says: words('The other side could not be reached', '无法连接对方'),
    hint: words('Check the address and the allowed hosts in Settings', '请检查地址以及“设置”中的允许主机'),
  },
  SLU_HTTP_CONNECTION: {
    terminal: true,
    http: 422,
    says: words('The connection is unknown or not made for this host', '连接不存在或未绑定该主机'),
    hint: words('Store it in Settings with the hosts it may be sent to', '请在“设置”中保存连接并绑定主机'),
  },
  SLU_USE_INCOMPLETE: {
    terminal: true,
    http: 422,
    says: words('Purpose and scene belong together', '用途与场景须成对填写'),
    hint: words('Give both or neither', '请同时填写或都不填'),
  },
  SLU_USE_SUBJECT: {
    terminal: true,
    http: 422,
    says: words('Nobody knows whose data this is', '无法确定数据所属客户'),
    hint: words('Start the flow with an event that has a subject, or name the customer', '请使用带 subject 的事件启动，或指定客户'),
  },
  SLU_DECISION_CELL: {
    terminal: true,
    http: 422,
    says: words('This cell cannot be read', '单元格无法识别'),
    hint: words('Write = 1, > 1万, [1..5], a, b, not a, or - for any', '可写 = 1、> 1万、[1..5]、a, b、not a,或用 - 表示任意'),
  },
  SLU_DECISION_WIDTH: {
    terminal: true,
    http: 422,
    says: words('The row does not fit the columns', '行与列数不一致'),
    hint: words('Give one cell for each column', '每列对应一个单元格'),
  },
  SLU_DECISION_GAP: {
    terminal: false,
    http: 422,
    says: words('The table has a gap', '表格有空缺'),
    hint: words('Add a row, or wire “none”', '请增加一行，或连接“未命中”出口'),
  },
  SLU_DECISION_OVERLAP: {
    terminal: true,
    http: 422,
    says: words('Several rows fit where exactly one may', '多行同时命中'),
    hint: words('Make the rows exclusive, or take the first', '请使各行互斥，或改为取第一行'),
  },
  SLU_WEBHOOK_UNKNOWN: {
    terminal: true,
    http: 404,
    says: words('No such webhook', '没有该 Webhook'),
    hint: words('Check flow and step in the address, and that the flow is published', '请检查地址中的流程与步骤，并确认流程已发布'),
  },
})
