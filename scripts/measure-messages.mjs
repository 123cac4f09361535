/** Prints how well the writing coach does on the labelled messages: `npm run -s measure -- [held|seen]`. */
import { labelledMessages, measure, UNSEEN } from '../test/helpers/messages.ts'

const which = process.argv[2] ?? 'all'
const chosen = labelledMessages().filter(({ held }) => which === 'all' || (held === UNSEEN) === (which === 'held'))
const { messages, verdictsRight, fine, leftAlone, codes, all, differences } = measure(chosen)

const share = (/** @type {number} */ value) => value.toFixed(2)
const lines = [...codes, all].map(
  ({ code, right, invented, missed, precision, recall }) =>
    `| ${code} | ${right} | ${invented} | ${missed} | ${share(precision)} | ${share(recall)} |`,
)
console.log(
  [
    `${messages} messages (${which}); verdicts right: ${verdictsRight}; fine ones left alone: ${leftAlone} of ${fine}`,
    '',
    '| code | right | invented | missed | precision | recall |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
    ...differences.map(({ id, expected, got }) => `${id}\n  expected ${expected}\n  got      ${got}`),
  ].join('\n'),
)
