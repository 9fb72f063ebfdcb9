import { words } from '@sluice/sdk'
import { defineCatalogue, row } from './define.ts'

/** Events, flows, runs and the workspace. */
export const workErrors = defineCatalogue({
  SLU_EVENT_INVALID: {
    terminal: true,
    http: 400,
    says: words('This is no CloudEvents 1.0 event', '不是有效的 CloudEvents 1.0 事件'),
    hint: words('Each error names the attribute by its path', '每条错误都用路径指出了属性'),
  },
  SLU_EVENT_TYPE_RESERVED: {
    terminal: true,
    http: 403,
    says: words('Events of type sluice.* are made by Sluice itself', 'sluice.* 类型的事件只能由 Sluice 产生'),
    hint: words('Use a type of your own, for example com.example.quote.requested', '请使用自己的类型，例如 com.example.quote.requested'),
  },
  SLU_EVENT_BATCH_SIZE: {
    terminal: true,
    http: 413,
    says: words('The batch has too many events', '批量事件过多'),
    detail: words('{sent} events were sent; {limit} are the most', '收到 {sent} 个事件，最多 {limit} 个'),
    hint: words('Send several smaller batches', '请拆分为较小的批次'),
  },
  SLU_TEMPLATE_UNKNOWN: {
    terminal: true,
    http: 404,
    says: words('There is no such template', '没有此模板'),
    hint: words('GET /api/v1/templates lists them', 'GET /api/v1/templates 可列出全部模板'),
  },
  SLU_TEMPLATE_ANSWERS: {
    terminal: true,
    http: 422,
    says: words('The answers do not fit what the template asks for', '填写的内容不符合模板要求'),
    hint: words('Each error names the question by its path', '每条错误都用路径指出了问题'),
  },
  SLU_TEMPLATE_PLACES: {
    terminal: true,
    http: 422,
    says: words('A parameter names a place that the flow does not have', '参数指向了流程中不存在的位置'),
    hint: words('Name settings that are filled in, as /nodes/<step>/config/<field>', '请指向已填写的配置，如 /nodes/<步骤>/config/<字段>'),
  },
  SLU_TEMPLATE_NOT_A_COPY: {
    terminal: true,
    http: 409,
    says: words('This flow is not a copy of a template', '此流程不是模板的副本'),
    hint: words('Only flows made from a template can follow it', '只有由模板创建的流程才能随模板更新'),
  },
  SLU_TEMPLATE_BUILT_IN: {
    terminal: true,
    http: 409,
    says: words('This template is built in and cannot be retired', '此模板为内置模板，无法下架'),
    hint: words(
      'Publish one of your own under its id: it takes its place until you retire yours',
      '可用相同标识发布您自己的模板，在您下架之前它会替代内置模板',
    ),
  },
  SLU_TEMPLATE_CONFLICTS: {
    terminal: true,
    http: 409,
    says: words('The template and this copy changed the same things', '模板与副本修改了相同的内容'),
    hint: words('Choose a side for each path under errors', '请为 errors 中的每个路径选择保留哪一方'),
  },
  SLU_WEBHOOK_SIGNATURE: {
    terminal: true,
    http: 401,
    says: words('The webhook’s signature is missing, wrong or too old', 'Webhook 签名缺失、错误或已过期'),
    hint: words(
      'Sign with the secret of this webhook (Standard Webhooks) and check the sender’s clock',
      '请按 Standard Webhooks 用该 Webhook 的密钥签名，并检查发送方时钟',
    ),
  },
  SLU_WEBHOOK_ADDRESS: {
    terminal: true,
    http: 404,
    says: words('No active flow has a webhook at this address', '没有启用的流程使用该 Webhook 地址'),
    hint: words('Check flow and step in the address, and that the flow is published', '请检查地址中的流程与步骤，并确认流程已发布'),
  },
  SLU_WEBHOOK_SECRET_UNKNOWN: {
    terminal: true,
    http: 422,
    says: words('The webhook’s signing secret is not on this server', '服务器上没有该 Webhook 的签名密钥'),
    hint: words('Leave the field empty, or set SLUICE_SECRET_<NAME>', '请留空该字段，或设置 SLUICE_SECRET_<名称>'),
  },
  SLU_HOOK_SECRET_UNKNOWN: {
    terminal: true,
    http: 404,
    says: words('This step has no webhook secret', '该步骤没有 Webhook 密钥'),
    hint: words('Publish the flow with a webhook trigger first', '请先发布含 Webhook 触发器的流程'),
  },
  SLU_FLOW_UNKNOWN: {
    terminal: true,
    http: 404,
    says: words('No such flow', '流程不存在'),
    hint: words('Look at the list of flows', '请查看流程列表'),
  },
  SLU_FLOW_INVALID: {
    terminal: true,
    http: 422,
    says: words('This is no flow file', '不是有效的流程文件'),
    hint: words('Each error names the place by its path', '每条错误都用路径指出了位置'),
  },
  SLU_FLOW_KEY_MISMATCH: {
    terminal: true,
    http: 422,
    says: words('The key in the file is not the key in the address', '文件中的 key 与地址不一致'),
    hint: words('Make both the same', '请保持一致'),
  },
  SLU_FLOW_PROBLEMS: {
    terminal: true,
    http: 422,
    says: words('The flow has problems that must be mended first', '流程存在问题，需先修复'),
    hint: words('Mend the problems of severity error in `problems`', '请先修复 problems 中级别为 error 的问题'),
  },
  SLU_FOLDER_UNKNOWN: row(404, ['No such folder', '文件夹不存在'], ['Look at the folders of the list of flows', '请查看流程列表的文件夹']),
  SLU_FOLDER_TAKEN: row(409, ['There is a folder by this name', '已有同名文件夹'], ['Choose another name', '请换一个名称']),
  SLU_FOLDER_LIMIT: row(
    409,
    ['No more folders fit here', '文件夹数量已达上限'],
    ['200 are the most; remove one that is not needed any more', '最多 200 个，请删除不再需要的文件夹'],
  ),
  SLU_OWNER_UNKNOWN: row(
    422,
    ['Nobody here can own this flow by that id', '没有可以成为负责人的此用户'],
    ['Name an active person of this workspace, or null', '请指定本工作区的在职人员，或填 null'],
  ),
  SLU_FLOW_CHANGED: {
    terminal: true,
    http: 409,
    says: words('The draft changed while it was being published', '发布期间草稿被修改'),
    hint: words('Look at the new draft, then publish again', '请查看新草稿后重新发布'),
  },
  SLU_FLOW_NOT_ACTIVE: {
    terminal: true,
    http: 409,
    says: words('The flow has no active version', '流程没有启用的版本'),
    hint: words('Publish it first', '请先发布流程'),
  },
  SLU_FLOW_VERSION_UNKNOWN: {
    terminal: true,
    http: 404,
    says: words('No such version', '版本不存在'),
    hint: words('Look at the list of versions', '请查看版本列表'),
  },
  SLU_RUN_UNKNOWN: {
    terminal: true,
    http: 404,
    says: words('No such run', '运行不存在'),
    hint: words('Look at the list of runs', '请查看运行列表'),
  },
  SLU_RUN_INPUT_INVALID: {
    terminal: true,
    http: 422,
    says: words('The input does not fit what the flow asks for', '输入与流程要求不符'),
    hint: words('Each error names the field by its path', '每条错误都用路径指出了字段'),
  },
  SLU_AUDIT_UNKNOWN: {
    terminal: true,
    http: 404,
    says: words('No such audit entry', '审计记录不存在'),
    hint: words('Entries count from 1', '记录序号从 1 开始'),
  },
  SLU_DEMO_NOT_EMPTY: {
    terminal: true,
    http: 409,
    says: words('The demo is only loaded into an empty workspace', '演示数据只能载入空工作区'),
    hint: words('Choose an empty data folder', '请选择空的数据文件夹'),
  },
  SLU_STREAM_LIMIT: {
    terminal: false,
    http: 429,
    says: words('Too many live streams', '实时连接过多'),
    detail: words('{limit} streams are the most', '最多 {limit} 个实时连接'),
    hint: words('Close a tab and try again', '请关闭部分页面后重试'),
  },
})
