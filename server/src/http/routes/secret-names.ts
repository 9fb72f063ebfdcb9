import type { Door } from '../../door.ts'
import type { ServerRoute } from '../route.ts'

/** Whoever draws a flow chooses a secret by its name; its value leaves the server only inside the call it is for. */
export function secretNameRoutes({ config }: Door): readonly ServerRoute[] {
  return [
    {
      method: 'GET',
      url: '/api/v1/secret-names',
      summary: 'Names of the secrets a flow may use (`SLUICE_SECRET_<NAME>`); never their values',
      tag: 'flows',
      handle: () => ({ body: { items: [...config.secrets.keys()].sort().map((name) => ({ name })), next: null } }),
    },
  ]
}
