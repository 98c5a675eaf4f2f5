// Asks Ace about e-books: for each whose path comes in as a line it prints its report as JSON, then a full stop.
//
//     node ace.mjs ACE
//
// ACE is a folder with node_modules. Ace's own program starts a browser for every book; here one serves them all.

import { createRequire } from 'node:module'
import path from 'node:path'
import readline from 'node:readline'

const installed = createRequire(path.resolve(process.argv[2], 'package.json'))
const ace = installed('@daisy/ace-core')
const browser = installed('@daisy/ace-axe-runner-puppeteer')
installed('@daisy/ace-logger').initLogger({ silent: true })

await browser.launch()
try {
  const running = { ...browser, launch: async () => {}, close: async () => {} }
  for await (const book of readline.createInterface({ input: process.stdin })) {
    await ace(book, { cwd: process.cwd(), silent: true }, running)
    console.log('.')
  }
} finally {
  await browser.close()
}
