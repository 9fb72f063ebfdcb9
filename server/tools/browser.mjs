/** Finds the browser that the browser tests drive; on a Debian machine run by root it installs Chromium. */
import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** What Playwright turns off itself. Chrome takes only the last such list, so this one says it again. */
const disabledByPlaywright = [
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable'],
  ...['LensOverlay', 'MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect'],
  ...['TcpPortRandomizationWin', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch'],
]
/** The drop-downs of the address bar are two pages that every new window draws, unseen: nearly a second of work for each. */
const dropDowns = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup']

/** Quiet and self-contained: no profile, no background traffic. */
export const browserFlags = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${[...disabledByPlaywright, ...dropDowns].join(',')}`,
]

/** Path of an installed browser, or null. `CHROME_PATH` wins over the usual places. */
export function findBrowser() {
  for (const path of [process.env.CHROME_PATH, process.env.PUPPETEER_EXECUTABLE_PATH, ...places]) {
    if (path === undefined || path === '' || !existsSync(path)) continue
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      // Not ours to run; the next one may be.
    }
  }
  return null
}

function hasCjkFont() {
  try {
    return execFileSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' }).trim() !== ''
  } catch {
    return false
  }
}

/** Like `findBrowser`, but installs Debian's Chromium and a CJK font where it may; else says how to get one. */
export function ensureBrowser() {
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  const missing = [
    ...(findBrowser() === null ? ['chromium'] : []),
    ...(process.platform === 'linux' && !hasCjkFont() ? ['fonts-noto-cjk'] : []),
  ]
  if (mayInstall && missing.length > 0) {
    console.log(`Installing for the browser tests: ${missing.join(', ')}`)
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    execFileSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'], env: environment })
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'fontconfig', ...missing], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: environment,
    })
  }
  const path = findBrowser()
  if (path === null) {
    throw new Error(
      'The browser tests need Chrome, Chromium or Edge. Install one (Debian/Ubuntu: sudo apt-get install chromium; macOS: brew install --cask chromium; Windows: Edge is enough) or name it in CHROME_PATH.',
    )
  }
  return path
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(ensureBrowser())
