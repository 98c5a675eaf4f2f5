// Visits a shelf in a headless browser as people and e-readers do, and prints what they meet as JSON.
//
//     node shelf.mjs ACE ENGINE BROWSER ADDRESS [PICTURES]
//
// ACE and ENGINE are folders with node_modules: axe and the browser's driver come with the one, foliate-js with the
// other. The page is judged by axe on each screen in light and dark, and the catalogues are read by foliate-js's OPDS
// module from the entrance on. PICTURES is a folder for a picture of each.

import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import path from 'node:path'

const [ace, engine, executablePath, address, pictures] = process.argv.slice(2)
const puppeteer = createRequire(path.resolve(ace, 'package.json'))('puppeteer')
const axe = await readFile(path.resolve(ace, 'node_modules/@daisy/axe-core-for-ace/axe.min.js'), 'utf8')
const opds = await readFile(path.resolve(engine, 'node_modules/foliate-js/opds.js'), 'utf8')
const WIDTHS = [1200, 360]
const THEMES = ['light', 'dark']

const browser = await puppeteer.launch({ executablePath, headless: 'new', args: ['--no-sandbox'] })
const page = await browser.newPage()
const complaints = []
page.on('console', message => complaints.push(message.text()))
page.on('requestfailed', request => complaints.push(`not loaded: ${request.url()}`))
page.on('response', response => response.status() >= 400 && complaints.push(`${response.status()}: ${response.url()}`))

const violations = []
for (const theme of THEMES) for (const width of WIDTHS) {
  await page.setViewport({ width, height: 900 })
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }])
  await page.goto(address, { waitUntil: 'networkidle0' })
  await page.evaluate(axe)
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  violations.push(...found.violations.flatMap(rule => rule.nodes.map(node => `${theme} ${width}: ${rule.id}: ${node.html}`)))
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  if (wide > 0) violations.push(`${theme} ${width}: the page is ${wide} pixels too wide`)
  if (pictures) await page.screenshot({ path: path.join(pictures, `${theme}-${width}.png`), fullPage: true })
}
const seen = await page.evaluate(() => ({
  headings: [...document.querySelectorAll('h1, h2, h3')].map(each => `${each.localName} ${each.textContent}`),
  links: [...document.querySelectorAll('main a, footer a')].map(each => each.textContent.trim()),
  pictures: [...document.images].every(each => each.loading === 'lazy' || each.naturalWidth > 0),
}))

// The e-reader's program is no page of the shelf: what the shelf's policy forbids to its pages does not bind it.
await page.setBypassCSP(true)
await page.goto(address, { waitUntil: 'networkidle0' })
const books = await page.evaluate(async (source, start) => {
  const { getFeed } = await import(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })))
  const fetched = async url => {
    const answer = await fetch(url)
    const text = await answer.text()
    if (answer.headers.get('Content-Type').includes('json')) return JSON.parse(text)
    const document = new DOMParser().parseFromString(text, 'application/xml')
    return getFeed(document)
  }
  const visited = new Map()
  const visit = async url => {
    if (visited.has(url)) return
    visited.set(url, [])
    const feed = await fetched(url)
    const groups = [feed, ...(feed.groups ?? [])]
    visited.set(url, groups.flatMap(group => group.publications ?? []).map(({ metadata, links, images }) => ({
      title: metadata.title,
      files: links.filter(link => [link.rel].flat().some(rel => rel.startsWith('http://opds-spec.org/acquisition')))
        .map(link => new URL(link.href, url).href),
      pictures: images.map(link => new URL(link.href, url).href),
    })))
    const ways = [...(feed.navigation ?? []), ...(feed.facets ?? []).flatMap(facet => facet.links),
      ...(feed.links ?? []).filter(link => [link.rel].flat().includes('next'))]
    for (const link of ways) await visit(new URL(link.href, url).href)
  }
  const result = {}
  for (const entrance of start) {
    visited.clear()
    await visit(entrance)
    result[entrance] = Object.fromEntries(visited)
  }
  return result
}, opds, [new URL('catalog.xml', address).href, new URL('opds2/catalog.json', address).href])

await browser.close()
console.log(JSON.stringify({ violations, complaints, seen, books }))
