export const push = {
  'push.title': 'Notices on this device',
  'push.lead':
    'A notice when a task begins to wait for you, also while Sluice is closed. It says which kind of task and until when, never whom or what it is about.',
  'push.switch': 'Tell me on this device',
  'push.is-on': 'This device is told now',
  'push.is-off': 'This device is told no more',
  'push.devices': '{count, plural, one {You are told on one device.} other {You are told on # devices.}}',
  'push.off': 'An admin has not switched notices on for this workspace.',
  'push.obstacle.insecure': 'Browsers allow notices only over https. Ask an admin for the secure address of this workspace.',
  'push.obstacle.unsupported': 'This browser cannot show notices of a web page. Chrome, Edge, Firefox and Safari of the last years can.',
  'push.obstacle.install':
    'On an iPhone or iPad, put Sluice on the home screen first: Share, then “Add to Home Screen”. Open it from there and switch notices on.',
  'push.obstacle.denied':
    'Notices of this page are blocked in the browser. Click the sign beside the address, allow notifications, and come back here.',
  'push.not-allowed': 'The browser did not allow it',
  'push.failed': 'The push service of this browser could not be reached. Some networks block it; try again in another one.',
  'push.hint': 'Be told on this device when a task waits for you?',
  'push.hint.do': 'Tell me',
  'push.services': 'Notices on people’s devices',
  'push.services.lead':
    'People may be told on their phones and computers that a task waits. Messages go through the push service of their browser’s maker, encrypted: it sees when and to which device, not what. Switching off forgets every device.',
  'push.services.switch': 'Allow notices on devices',
  'push.services.contact': 'Contact for push services',
  'push.services.contact.help': 'They write to this address when something is wrong with our messages. It is sent with each message.',
  'push.services.hosts': 'Push services, one host a line',
  'push.services.hosts.help': 'Messages go to these hosts alone. The four there at first are those of Chrome, Firefox, Edge and Safari.',
  'push.services.count': '{count, plural, =0 {No device is told yet.} one {One device is told.} other {# devices are told.}}',
  'push.services.save': 'Save notices',
  'push.services.on': 'Notices on devices are on',
  'push.services.is-off': 'Notices on devices are off, and every device is forgotten',
} as const
