import { act, failure, type Json, type JsonObject, type NodeOutcome, output, type StepContext, type Use, words } from '@sluice/sdk'
import type { OutsideAct, OutsideHost } from '@sluice/sdk/server'
import type { Static } from 'typebox'
import { headersFor } from '../domain/connection.ts'
import { bodyBytesMax, hostOf, httpRequestOf, type PreparedRequest, readBody } from '../domain/http.ts'
import type { HttpRequestConfig } from '../nodes/http-request.ts'

/** Writes down what is to be sent; nothing leaves before the gates agreed. */
export function prepareRequest(context: StepContext<Static<typeof HttpRequestConfig>>): NodeOutcome {
  const prepared = httpRequestOf(context.config)
  if (prepared === null) return failure('SLU_HTTP_URL', words('The address is no http or https address.', '地址不是 http 或 https 地址。'))
  if ((prepared.body?.length ?? 0) > bodyBytesMax)
    return failure(
      'SLU_HTTP_BODY_SIZE',
      words(`The body has more than ${bodyBytesMax} characters.`, `请求正文超过 ${bodyBytesMax} 个字符。`),
    )
  const use = useOf(context, prepared)
  if (use === 'unknown')
    return failure(
      'SLU_USE_SUBJECT',
      words('Purpose and scene are set, but the run is about no customer.', '已设置用途和场景，但此运行没有对应的客户。'),
    )
  return act(prepared as unknown as JsonObject, use)
}

/** Sends it. Runs on the door's thread behind the address guard. */
export async function sendRequest(order: OutsideAct, host: OutsideHost): Promise<NodeOutcome> {
  const request = order.request as unknown as PreparedRequest
  const credentials = headersFor(request.connection, request.url, (name) => host.secret(order.permit, name))
  if (credentials === null)
    return failure(
      'SLU_HTTP_CONNECTION',
      words(
        `Connection ${request.connection} is unknown or not bound to this host.`,
        `连接 ${request.connection} 不存在，或未绑定到该主机。`,
      ),
    )
  const answer = await host
    .fetch(order.permit, request.url, {
      method: request.method,
      headers: { ...request.headers, 'idempotency-key': order.idempotencyKey, ...credentials },
      ...(request.body === null ? {} : { body: request.body }),
    })
    .catch((error: unknown) => reasonOf(error))
  if ('en' in answer) return failure('SLU_HTTP_UNREACHABLE', answer, false)
  if (answer.status >= 400)
    return failure(
      'SLU_HTTP_STATUS',
      words(`The other side answered ${answer.status}.`, `对方返回 ${answer.status}。`),
      isTerminal(answer.status),
    )
  const data: Json = { status: answer.status, headers: answer.headers, body: readBody(answer.text, answer.headers['content-type']) }
  return output(data, { status: answer.status })
}

function useOf({ config, run }: StepContext<Static<typeof HttpRequestConfig>>, { url }: PreparedRequest): Use | null | 'unknown' {
  if (config.purpose === undefined || config.scene === undefined) return null
  if (run.subject === null) return 'unknown'
  const recipient = hostOf(url) ?? url
  return { subject: run.subject, purpose: config.purpose, scene: config.scene, session: null, effectKind: 'share', recipient }
}

/** 408, 425 and 429 ask for patience and 5xx may pass; every other refusal stays one. */
function isTerminal(status: number): boolean {
  return status < 500 && ![408, 425, 429].includes(status)
}

/**
 * A refusal of the address guard keeps its own code and stays one. Of a network's error only the code is told: its text could
 * repeat the address with what stands in it.
 */
function reasonOf(error: unknown): ReturnType<typeof words> {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'no answer'
  if (code.startsWith('SLU_')) throw error
  return words(`The request could not be made: ${code}.`, `无法发出请求：${code}。`)
}
