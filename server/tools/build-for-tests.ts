/** Worker threads load plain JavaScript, so tests build the server's bundles once before they start. */
import { buildServer } from './build.mjs'

export default async function setup(): Promise<void> {
  await buildServer()
}
