// Asks Ace about e-books: it prints its report on each as JSON, one after the other.
//
//     node ace.mjs ACE BOOK...
//
// ACE is a folder with node_modules. Ace's own program starts a browser for every book; here one serves them all.

import { createRequire } from 'node:module'
import path from 'node:path'

const [folder, ...books] = process.argv.slice(2)
const installed = createRequire(path.resolve(folder, 'package.json'))
const ace = installed('@daisy/ace-core')
const browser = installed('@daisy/ace-axe-runner-puppeteer')
installed('@daisy/ace-logger').initLogger({ silent: true })

await browser.launch()
try {
  const running = { ...browser, launch: async () => {}, close: async () => {} }
  for (const book of books) await ace(book, { cwd: process.cwd(), silent: true }, running)
} finally {
  await browser.close()
}
