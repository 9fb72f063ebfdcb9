import { definePackServer, type Use, type WriteContext } from '@sluice/sdk/server'

/** A pack that sends things to people: what the fence has to hold. */
export const senderServer = definePackServer({
  id: 'sender',
  tables: [],
  commands: {
    'sender.send': (
      context: WriteContext,
      payload: { readonly use: Use | null; readonly key: string; readonly text?: string; readonly notBefore?: number },
    ) =>
      context.effect({
        handler: 'sender.out',
        request: { key: payload.key, ...(payload.text === undefined ? {} : { text: payload.text }) },
        use: payload.use,
        idempotencyKey: payload.key,
        ...(payload.notBefore === undefined ? {} : { notBefore: payload.notBefore }),
      }),
  },
})

export function message(customer: string, over: Partial<Use> = {}): Use {
  return {
    subject: customer,
    purpose: 'recommendation',
    scene: 'quote_push',
    session: null,
    effectKind: 'message',
    channel: 'email',
    ...over,
  }
}
