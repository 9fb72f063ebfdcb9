import type { ModelPermit, OutsideHost } from '@sluice/sdk/server'

export type Completion =
  | { readonly kind: 'answered'; readonly text: string; readonly model: string }
  | { readonly kind: 'failed'; readonly reason: 'SLU_AI_MODEL_MISSING' | 'SLU_AI_MODEL_UNAVAILABLE' | 'SLU_AI_ANSWER_INVALID' }

const answerTimeoutMs = 30_000

/** One call of an OpenAI-compatible endpoint (`POST /chat/completions`), JSON asked for. Never throws. */
export async function complete(
  host: OutsideHost,
  permit: ModelPermit,
  idempotencyKey: string,
  messages: readonly { readonly role: string; readonly content: string }[],
): Promise<Completion> {
  const model = host.model(permit)
  if (model === null) return { kind: 'failed', reason: 'SLU_AI_MODEL_MISSING' }
  try {
    const answer = await host.fetch(permit, `${model.url.replace(/\/+$/, '')}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': idempotencyKey,
        ...(model.key === '' ? {} : { authorization: `Bearer ${model.key}` }),
      },
      body: JSON.stringify({ model: model.name, messages, temperature: 0.2, response_format: { type: 'json_object' } }),
      timeoutMs: answerTimeoutMs,
    })
    if (answer.status !== 200) return { kind: 'failed', reason: 'SLU_AI_MODEL_UNAVAILABLE' }
    const text = (JSON.parse(answer.text) as { choices?: readonly { message?: { content?: unknown } }[] }).choices?.[0]?.message?.content
    return typeof text === 'string' ? { kind: 'answered', text, model: model.name } : { kind: 'failed', reason: 'SLU_AI_ANSWER_INVALID' }
  } catch {
    // Refused, hung, or not JSON: the caller only needs to know that there is no answer.
    return { kind: 'failed', reason: 'SLU_AI_MODEL_UNAVAILABLE' }
  }
}
