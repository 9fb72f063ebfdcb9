import { defineNode, type Effect, flaw, help, isExpression, type JsonObject, options, type Problem, shown, ui, words } from '@sluice/sdk'
import { Type } from 'typebox'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const same = (name: string) => words(name, name)

export const HttpRequestConfig = Type.Object(
  {
    method: Type.Union(
      methods.map((method) => Type.Literal(method)),
      {
        ...ui('select', 'Method', '方法'),
        ...options(Object.fromEntries(methods.map((method) => [method, same(method)]))),
        default: 'GET',
      },
    ),
    url: Type.String({ ...ui('template', 'Address', '地址'), format: 'template', minLength: 1, maxLength: 4_000 }),
    headers: Type.Optional(
      Type.Record(
        Type.String({ maxLength: 200 }),
        Type.String({ format: 'template', maxLength: 8_000 }),
        ui('mapping', 'Headers', '请求头'),
      ),
    ),
    body: Type.Optional(
      Type.Any({
        ...ui('value', 'Body', '请求体'),
        ...help('Text goes as it is, anything else as JSON', '文本原样发送，其余按 JSON 发送'),
      }),
    ),
    connection: Type.Optional(
      Type.String({
        ...ui('connection', 'Connection', '连接'),
        ...help('Name of stored credentials; they go only to the hosts bound to them', '已保存的凭据名称，仅发送到其绑定的主机'),
        maxLength: 100,
      }),
    ),
    idempotent: Type.Optional(
      Type.Boolean({
        ...ui('switch', 'Safe to repeat', '可安全重试'),
        ...help('The other side honours Idempotency-Key, or repeating does no harm', '对方支持 Idempotency-Key，或重复请求无害'),
        default: false,
      }),
    ),
    purpose: Type.Optional(Type.String({ ...ui('purpose', 'Purpose', '用途'), maxLength: 64 })),
    scene: Type.Optional(Type.String({ ...ui('scene', 'Scene', '场景'), maxLength: 64 })),
  },
  { additionalProperties: false },
)

/** GET and HEAD change nothing by definition; everything else only when the config says so. */
export function httpEffect(config: JsonObject): Effect {
  return config.method === 'GET' || config.method === 'HEAD' || config.idempotent === true ? 'idempotent' : 'unsafe'
}

/** Calls another system over HTTP. */
export const httpRequest = defineNode({
  type: 'core.http-request',
  version: 1,
  label: words('HTTP request', 'HTTP 请求'),
  summary: words('Calls another system over HTTP and goes on with the answer.', '通过 HTTP 调用其他系统，并使用其响应继续。'),
  keywords: ['api', 'rest', 'fetch', 'curl', 'call', '接口', '调用', '请求'],
  category: 'data',
  silhouette: 'action',
  icon: 'globe',
  config: HttpRequestConfig,
  ports: [{ name: 'out', label: words('Answer', '响应') }],
  effect: 'unsafe',
  effectOf: httpEffect,
  labels: {
    origin: 'outside',
    gives: 'new',
    reaches: 'third-party',
    sends: ['url', 'headers', 'body'],
    use: ({ purpose, scene }) => (typeof purpose === 'string' && typeof scene === 'string' ? { purpose, scene } : null),
  },
  sentence: (config, language) =>
    language === 'en' ? `${shown(config.method, 'GET')} ${shown(config.url)}` : `${shown(config.method, 'GET')} 请求 ${shown(config.url)}`,
  check: checkRequest,
})

function checkRequest(config: JsonObject): readonly Problem[] {
  const { url, method, body, purpose, scene } = config
  const problems: Problem[] = []
  if (typeof url === 'string' && !isExpression(url) && !/^(https?:\/\/|\{\{)/i.test(url)) {
    problems.push(flaw('SLU_HTTP_URL', '/url', 'The address starts with http:// or https://.', '地址须以 http:// 或 https:// 开头。'))
  }
  if (body !== undefined && (method === 'GET' || method === 'HEAD')) {
    problems.push(flaw('SLU_HTTP_BODY', '/body', `${method} carries no body.`, `${method} 不带请求体。`))
  }
  if ((purpose === undefined) !== (scene === undefined)) {
    problems.push(
      flaw('SLU_USE_INCOMPLETE', '/purpose', 'Give purpose and scene together, or neither.', '用途与场景须同时填写，或都不填。'),
    )
  }
  return problems
}
