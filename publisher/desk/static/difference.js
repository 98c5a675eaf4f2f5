// What changed between two texts, word by word.

import { el } from './dom.js'

const LONGEST = 1500 // words: beyond, the table of comparisons would cost more than it tells
const ALIKE = 0.4 // of the words: with fewer in common one text is another, and no change of it

/** The words of both in order, as `del`, `ins` and text: the longest common run of words is what stays. */
export function difference(before, after) {
  const old = before.match(/\S+\s*|\s+/g) ?? []
  const now = after.match(/\S+\s*|\s+/g) ?? []
  if (old.length > LONGEST || now.length > LONGEST) return [el('del', {}, before), ' ', el('ins', {}, after)]
  const length = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1))
  for (let row = old.length - 1; row >= 0; row--) {
    for (let column = now.length - 1; column >= 0; column--) {
      length[row][column] = old[row] === now[column] ? length[row + 1][column + 1] + 1 : Math.max(length[row + 1][column], length[row][column + 1])
    }
  }
  if (length[0][0] < ALIKE * Math.max(old.length, now.length)) return [el('del', {}, before), ' ', after && el('ins', {}, after)]
  const parts = []
  const add = (kind, word) => (parts.at(-1)?.kind === kind ? (parts.at(-1).words += word) : parts.push({ kind, words: word }))
  let [row, column] = [0, 0]
  while (row < old.length || column < now.length) {
    if (row < old.length && old[row] === now[column]) { add('', old[row]); row++; column++ }
    else if (column >= now.length || (row < old.length && length[row + 1][column] >= length[row][column + 1])) add('del', old[row++])
    else add('ins', now[column++])
  }
  return parts.map(({ kind, words }) => (kind ? el(kind, {}, words) : words))
}
