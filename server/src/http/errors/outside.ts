import { defineCatalogue, row } from './define.ts'

const allow = ['Name the host in SLUICE_ALLOW_HOSTS if flows may reach it', '如允许流程访问，请在 SLUICE_ALLOW_HOSTS 中列出该主机'] as const
const other = ['Look at the other side', '请检查对方系统'] as const

/** Acts on the outside world. */
export const outsideErrors = defineCatalogue({
  SLU_ALLOW_HOSTS: row(
    500,
    ['SLUICE_ALLOW_HOSTS has an entry that cannot be read', 'SLUICE_ALLOW_HOSTS 含有无法识别的条目'],
    ['Write host, *.host, host:port or private:host:port', '可写 host、*.host、host:port 或 private:host:port'],
  ),
  SLU_HTTP_HOST_DENIED: row(403, ['Flows may not reach this host', '流程不允许访问该主机'], allow),
  SLU_HTTP_ADDRESS_DENIED: row(
    403,
    ['The host lies in a private network', '该主机位于内部网络'],
    ['Name it as private:host:port if that is meant', '如确需访问，请写作 private:host:port'],
  ),
  SLU_HTTP_SCHEME: row(422, ['Only http and https are possible', '仅支持 http 与 https'], ['Change the address', '请修改地址']),
  SLU_HTTP_UNRESOLVED: row(502, ['The host name is not known', '无法解析主机名'], ['Check the address', '请检查地址'], false),
  SLU_HTTP_REDIRECTS: row(502, ['Too many redirects', '重定向过多'], ['Use the final address', '请使用最终地址']),
  SLU_HTTP_DOWNGRADE: row(
    502,
    ['A redirect leads from https to http', '重定向从 https 降级为 http'],
    ['Use an address that stays on https', '请使用保持 https 的地址'],
  ),
  SLU_HTTP_TIMEOUT: row(
    504,
    ['The other side did not answer in time', '对方响应超时'],
    ['Raise the step’s time limit, or retry', '请提高步骤时限或重试'],
    false,
  ),
  SLU_HTTP_FAILED: row(502, ['The connection broke', '连接中断'], other, false),
  SLU_HTTP_ENCODING: row(502, ['The answer is encoded in a way we do not read', '响应编码无法识别'], other),
  SLU_HTTP_BODY_TOO_LARGE: row(413, ['The request is too large to send', '请求体过大'], ['Send less', '请减少内容']),
  SLU_HTTP_ANSWER_TOO_LARGE: row(502, ['The answer is too large', '响应内容过大'], ['Ask for less', '请减少请求的数据量']),
  SLU_HANDLER_UNKNOWN: row(
    500,
    ['Nobody can do this act', '没有可执行该动作的组件'],
    ['Install the pack that brings it', '请安装提供该动作的组件包'],
  ),
  SLU_ACT_TIMEOUT: row(504, ['The act took too long', '动作执行超时'], other, false),
  SLU_ACT_FAILED: row(502, ['The act failed', '动作执行失败'], other, false),
  SLU_FENCE_MOVED: row(
    409,
    ['Consent changed before the request left', '请求发出前授权已变化'],
    ['It is checked again by itself', '系统会自动重新检查'],
  ),
  SLU_PERMIT_FOREIGN: row(
    403,
    ['The act used a permit that was not given to it', '该动作使用了不属于它的许可'],
    ['Pass the permit that came with the order', '请使用随指令一同下发的许可'],
  ),
  SLU_PERMIT_CLOSED: row(
    403,
    ['The permit of this act has ended', '该动作的许可已失效'],
    ['Nothing left; let the flow order the act anew', '未发出任何内容；请由流程重新下达该动作'],
  ),
  SLU_PERMIT_EXPIRED: row(
    403,
    ['The permit of this act is too old', '该动作的许可已过期'],
    ['Nothing left; order the act anew', '未发出任何内容；请重新下达该动作'],
  ),
  SLU_PERMIT_SCOPE: row(
    403,
    ['The permit does not cover what this act does', '许可不涵盖该动作的用途'],
    ['Order the act with the person, purpose and kind it is for', '请按实际对象、目的和动作类型下达'],
  ),
  SLU_RESULT_REFUSED: row(500, ['The result of an act was not taken', '动作结果未被接收'], ['Look at the run', '请查看该运行']),
})
