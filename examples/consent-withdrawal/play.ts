/**
 * Plays the story against a running server and prints how long each step of a withdrawal took. Exit code 0: every promise kept.
 * `SLUICE_TOKEN=… npm run example:withdrawal` (SLUICE_URL, PEOPLE, SEED and HANDS may be set too)
 */
import { httpClient } from './client.ts'
import { isPassed, reportLines } from './report.ts'
import { playStory } from './story.ts'

const {
  SLUICE_URL = 'http://127.0.0.1:4400',
  SLUICE_TOKEN = process.env.SLUICE_ADMIN_TOKEN,
  PEOPLE = '1000',
  SEED,
  HANDS = '8',
} = process.env
const say = (line: string) => process.stdout.write(`${line}\n`)

if (SLUICE_TOKEN === undefined) {
  say('Set SLUICE_TOKEN to an API token with the role admin (Settings → API tokens, or `npx sluice token create`).')
  process.exitCode = 2
} else {
  // People of a new seed each time, so that the story can be played again on the same data.
  const seed = SEED === undefined ? Math.floor(Date.now() / 1_000) % 1_000_000 : Number(SEED)
  try {
    const result = await playStory(httpClient(SLUICE_URL, SLUICE_TOKEN), { people: Number(PEOPLE), seed, hands: Number(HANDS), say })
    for (const line of reportLines(result)) say(line)
    process.exitCode = isPassed(result) ? 0 : 1
  } catch (error) {
    say(`FAILED: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
}
